import { type IngestEvent, isFolded, type ServicePeriod, type SubscriptionState, statesIn } from '../ingest/event.ts'
import { parseDecimal } from '../shared/rational.ts'
import { levels } from './levels.ts'

/** Beyond this an amount is not exact everywhere it is shown. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

/** What the ledger cannot hold of these events: place, value and what is accepted; null when it can hold them. */
export function unsound(events: readonly IngestEvent[]): string | null {
  for (const event of events) {
    if (event.type === 'invoice') {
      const fault = event.lines.map(faultOfLine).find((each) => each !== null)
      if (fault) return `invoice ${shorten(event.invoice)}: ${fault}`
    }
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

/** What is asked for a day is so many times as much a month. */
const LARGEST_ASKED = LARGEST / 31n

function faultOfLine({ line, amount, held }: ServicePeriod): string | null {
  const { numerator, denominator } = parseDecimal(amount)
  const isLarge = numerator > LARGEST_ASKED * denominator || -numerator > LARGEST_ASKED * denominator
  if (isLarge)
    return `line ${shorten(line)} asks for ${shorten(amount)}; accepted: at most ${LARGEST_ASKED} minor units.`
  return faultOf({ status: 'ACTIVE', currency: held.pricing.currency, items: [held] })
}

const shorten = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)
