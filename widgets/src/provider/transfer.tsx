import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { useId, useState } from 'react'

/** Answers that a server put into the HTML, by hashed query key. */
type Answers = Record<string, { data: unknown; at: number }>

const sent = new WeakMap<QueryClient, Set<string>>()
const read = new WeakMap<Element, Answers>()

/** The answer to a question, once per client, as JSON that is safe inside a script element. */
function unsent(client: QueryClient, key: QueryKey): string | null {
  const known = sent.get(client) ?? new Set()
  sent.set(client, known)
  const hash = hashKey(key)
  const state = client.getQueryState(key)
  if (state?.data === undefined || known.has(hash)) return null
  known.add(hash)
  const answers: Answers = { [hash]: { data: state.data, at: state.dataUpdatedAt } }
  return JSON.stringify(answers).replaceAll('<', '\\u003c')
}

function answersIn(element: Element): Answers {
  const known = read.get(element)
  if (known) return known
  const answers = JSON.parse(element.textContent || '{}') as Answers // written by unsent()
  read.set(element, answers)
  return answers
}

/** The answer a server has put into this page for a question. */
export function transferred(key: QueryKey): { data: unknown; at: number } | undefined {
  if (typeof document === 'undefined') return undefined
  const hash = hashKey(key)
  for (const element of document.querySelectorAll('script[data-nobishiro-answers]')) {
    const found = answersIn(element)[hash]
    if (found) return found
  }
  return undefined
}

/** Carries an answer from the server's render to the browser's, so that hydration asks nothing again. It never runs. */
export function Transfer({ client, queryKey }: { client: QueryClient; queryKey: QueryKey }) {
  const id = `${useId()}-answers`
  const [json] = useState(() =>
    typeof document === 'undefined' ? unsent(client, queryKey) : (document.getElementById(id)?.textContent ?? null),
  )
  if (json === null) return null
  return (
    <script
      id={id}
      type="application/json"
      className="nobishiro-data"
      data-nobishiro-answers=""
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own with every < escaped
      dangerouslySetInnerHTML={{ __html: json }}
    />
  )
}
