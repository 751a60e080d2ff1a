import {
  type MetricCard,
  type MetricCardsQueryVariables,
  type MetricKey,
  metricCardsOf,
  NobishiroError,
  whenAllAborted,
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

/** Questions that wait for the end of the current task, by what is asked beside the name. */
const batches = new WeakMap<WidgetClient, Map<string, Waiting[]>>()

/** One metric; all that are asked for together with the same range, filter and comparison travel as one request. */
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
    // Not by a timer: what other widgets ask for in this turn goes by the same request.
    queueMicrotask(() => {
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
    const signal = whenAllAborted(batch.map((one) => one.signal))
    const cards = await metricCardsOf(client, { keys, ...question }, { signal })
    for (const { key, resolve, reject } of batch) {
      const card = cards[keys.indexOf(key)]
      if (card) resolve(card)
      else reject(new Error(`The API gave no ${key}.`))
    }
  } catch (error) {
    // What one of its metrics spoils is not lost for the others: each is asked for by itself, in one request again.
    if (keys.length > 1 && isOfSome(error)) {
      for (const key of keys) {
        void send(
          client,
          question,
          batch.filter((one) => one.key === key),
        )
      }
    } else for (const { reject } of batch) reject(error)
  }
}

const ofSome = new Set(['FORBIDDEN', 'INVALID_INPUT', 'COST_EXCEEDED', 'NOT_FOUND'])

/** May be true of some of the metrics and not of the others: what a session may not see, a window that only some have. */
const isOfSome = (error: unknown) => error instanceof NobishiroError && ofSome.has(error.code)
