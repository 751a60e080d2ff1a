import {
  type MetricCard,
  type MetricCardsQueryVariables,
  type MetricKey,
  metricCardsOf,
  NobishiroError,
} from '@nobishiro/sdk'
import { hashKey } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'

/** What is asked of a metric beside its name. */
export type CardQuestion = Omit<MetricCardsQueryVariables, 'keys'>

interface Waiting {
  key: MetricKey
  signal: AbortSignal
  resolve: (card: MetricCard) => void
  reject: (reason: unknown) => void
}

/** Questions that wait for the end of the current turn, by what is asked beside the name. */
const batches = new WeakMap<WidgetClient, Map<string, Waiting[]>>()

/** One metric; all that are asked for in the same turn with the same range, filter and comparison travel as one request. */
export function askMetricCard(
  client: WidgetClient,
  key: MetricKey,
  question: CardQuestion,
  signal: AbortSignal,
): Promise<MetricCard> {
  return new Promise((resolve, reject) => {
    const waiting = batches.get(client) ?? new Map<string, Waiting[]>()
    batches.set(client, waiting)
    const hash = hashKey([question])
    const batch = waiting.get(hash)
    if (batch) return void batch.push({ key, signal, resolve, reject })
    const opened: Waiting[] = [{ key, signal, resolve, reject }]
    waiting.set(hash, opened)
    setTimeout(() => {
      waiting.delete(hash)
      void send(client, question, opened)
    })
  })
}

async function send(client: WidgetClient, question: CardQuestion, asked: readonly Waiting[]): Promise<void> {
  const batch = asked.filter(({ signal }) => !signal.aborted)
  if (batch.length === 0) return
  const keys = [...new Set(batch.map(({ key }) => key))]
  try {
    const cards = await metricCardsOf(client, { keys, ...question }, { signal: allOf(batch) })
    for (const { key, resolve, reject } of batch) {
      const card = cards[keys.indexOf(key)]
      if (card) resolve(card)
      else reject(new Error(`The API gave no ${key}.`))
    }
  } catch (error) {
    if (keys.length > 1 && isOfSome(error)) return splitAndSend(client, question, batch, keys)
    for (const { reject } of batch) reject(error)
  }
}

/** A request that one of its metrics spoils is asked again in halves, so that the others are not lost with it. */
async function splitAndSend(
  client: WidgetClient,
  question: CardQuestion,
  batch: readonly Waiting[],
  keys: readonly MetricKey[],
): Promise<void> {
  const first = new Set(keys.slice(0, Math.ceil(keys.length / 2)))
  await Promise.all([
    send(
      client,
      question,
      batch.filter(({ key }) => first.has(key)),
    ),
    send(
      client,
      question,
      batch.filter(({ key }) => !first.has(key)),
    ),
  ])
}

const ofSome = new Set(['FORBIDDEN', 'INVALID_INPUT', 'COST_EXCEEDED', 'NOT_FOUND'])

/** May be true of some of the metrics and not of the others: what a session may not see, a window that only some have. */
const isOfSome = (error: unknown) => error instanceof NobishiroError && ofSome.has(error.code)

/** Aborted once nobody waits any more. */
function allOf(batch: readonly Waiting[]): AbortSignal {
  const controller = new AbortController()
  const check = () => {
    if (batch.every(({ signal }) => signal.aborted)) controller.abort()
  }
  for (const { signal } of batch) signal.addEventListener('abort', check, { once: true })
  return controller.signal
}
