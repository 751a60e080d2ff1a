import { type IngestEvent, isFolded, type SubscriptionState, statesIn } from '../ingest/event.ts'
import { levels } from './levels.ts'

/** Beyond this an amount is not exact everywhere it is shown. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

/** What the ledger cannot hold of these events: place, value and what is accepted; null when it can hold them. */
export function unsound(events: readonly IngestEvent[]): string | null {
  for (const event of events) {
    if (!isFolded(event)) continue
    for (const state of statesIn(event)) {
      const fault = faultOf(state)
      if (fault) return `subscription ${shorten(event.subscription)}: ${fault}`
    }
  }
  return null
}

export const isSound = (state: SubscriptionState): boolean => faultOf(state) === null

function faultOf(state: SubscriptionState): string | null {
  const ids = state.items.map(({ item }) => item)
  const seen = new Set<string>()
  const twice = ids.find((id) => seen.size === seen.add(id).size)
  if (twice !== undefined) return `item ${shorten(twice)} is there twice; accepted: each item once.`
  const amounts = levels(state)
  const large = amounts.findIndex((level) => level > LARGEST || level < -LARGEST)
  if (large < 0) return null
  return `the MRR of item ${shorten(ids[large] ?? '')} is ${shorten(String(amounts[large]))}; accepted: at most ${LARGEST} minor units.`
}

const shorten = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)
