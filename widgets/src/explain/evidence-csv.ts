import type { Explanation, Movement, Span } from '@nobishiro/sdk'
import { toCsv } from '../format/csv.ts'
import { downloadText } from '../frame/download.ts'
import type { WidgetClient } from '../provider/client.ts'
import type { Question } from '../queries/explain.ts'
import type { DrawerText } from './drawer-text.ts'

type Row = (string | number | null)[]

/** Every page of a number's evidence. */
export async function allEvidence(
  client: WidgetClient,
  question: Question,
): Promise<{ spans: Span[]; movements: Movement[] }> {
  const spans: Span[] = []
  const movements: Movement[] = []
  let after: string | null | undefined
  do {
    const page: Explanation = await client.explain({ ...question, first: 100, ...(after && { after }) })
    spans.push(...page.spans.edges.map(({ node }) => node))
    movements.push(...page.movements.edges.map(({ node }) => node))
    const { pageInfo } = page.spans.edges.length > 0 ? page.spans : page.movements
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  return { spans, movements }
}

/** Header and rows of the evidence, exact amounts in major units. */
export function evidenceRows(spans: readonly Span[], movements: readonly Movement[], text: DrawerText): Row[] {
  const { explain, steps } = text
  if (spans.length > 0) {
    return [
      [
        explain.columnAccount,
        'id',
        steps.OPENING,
        steps.CLOSING,
        explain.terms.kept,
        explain.columnChange(spans[0]?.change.currency ?? ''),
        explain.columnRunning,
      ],
      ...spans.map(({ account, opening, closing, kept, change, runningTotal }) => [
        text.account(account.name),
        account.externalId,
        opening.amount,
        closing.amount,
        kept.amount,
        change.amount,
        runningTotal.amount,
      ]),
    ]
  }
  return [
    [
      explain.columnAccount,
      'id',
      text.gauge.columnMonth,
      text.waterfall.columnStep,
      steps.OPENING,
      steps.CLOSING,
      explain.columnChange(movements[0]?.change.currency ?? ''),
    ],
    ...movements.map(({ account, month, day, kind, opening, closing, change }) => [
      text.account(account.name),
      account.externalId,
      day ?? month,
      text.kinds[kind],
      opening.amount,
      closing.amount,
      change.amount,
    ]),
  ]
}

/** Saves all evidence, with the lines that say what it is on top. */
export async function downloadEvidence(options: {
  client: WidgetClient
  question: Question
  provenance: readonly (readonly [string, string])[]
  text: DrawerText
  name: string
}): Promise<void> {
  const { client, question, provenance, text, name } = options
  const { spans, movements } = await allEvidence(client, question)
  downloadText(`${name}.csv`, 'text/csv', toCsv([...provenance, [], ...evidenceRows(spans, movements, text)]))
}
