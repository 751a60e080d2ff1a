import type { Store } from '../facts/column-store.ts'
import { visitLanded } from '../facts/landings.ts'
import type { LandAndExpand, LandingSpread } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { lastCompleteMonth } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import type { LandingQuery } from './query.ts'
import { settle } from './question.ts'
import type { UndefinedReason } from './vocabulary.ts'

/** Shares of the accounts, in per cent, of which quantiles are shown. */
export const QUANTILES = [10, 25, 50, 75, 90] as const

/** How far paying accounts have come from where they landed: in all, and how they spread. */
export function landAndExpand(store: Store, query: LandingQuery): LandAndExpand {
  const question = settle(store, query)
  const at = query.at ?? lastCompleteMonth(store, query.now)
  checkRange({ start: at, end: at + 1 })
  const seats: Pair[] = []
  const mrr: Pair[] = []
  visitLanded(question.slice, [at], (landed) => {
    if (landed.landedSeats > 0) seats.push({ landed: landed.landedSeats, now: landed.seats })
    mrr.push({ landed: landed.landedMrr, now: landed.mrr })
  })
  return {
    at,
    currency: question.currency,
    seats: spreadOf(seats, 'NO_SEATS'),
    mrr: spreadOf(mrr, 'NO_PAYING_ACCOUNTS'),
    completeness: standingOf(question, [at]).completeness,
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}

type Pair = { landed: number; now: number }

function spreadOf(pairs: readonly Pair[], empty: UndefinedReason): LandingSpread {
  const nothing = { accounts: 0, landed: 0n, now: 0n, multiple: null, quantiles: [], spread: SPREAD.map(() => 0) }
  if (pairs.some(({ landed, now }) => Number.isNaN(landed + now))) return { ...nothing, reason: 'NO_RATE' }
  // An amount so small that it converts to zero is no place to have landed.
  const known = pairs.filter(({ landed }) => landed > 0)
  const order = Float64Array.from(known, ({ landed, now }) => now / landed).sort()
  if (known.length === 0) return { ...nothing, reason: empty }
  const sum = (of: keyof Pair) => known.reduce((total, pair) => total + BigInt(pair[of]), 0n)
  const multipleOf = ({ landed, now }: Pair) => divide(BigInt(now), BigInt(landed))
  return {
    accounts: known.length,
    landed: sum('landed'),
    now: sum('now'),
    multiple: divide(sum('now'), sum('landed')),
    reason: null,
    quantiles: QUANTILES.map((share) => {
      const multiple = order[Math.ceil((known.length * share) / 100) - 1]
      return multipleOf(known.find(({ landed, now }) => now / landed === multiple)!)
    }),
    spread: SPREAD.map((belongs) => known.filter(belongs).length),
  }
}

const between = (from: number, to: number) => (pair: Pair) =>
  pair.now >= from * pair.landed && pair.now < to * pair.landed
const SPREAD: readonly ((pair: Pair) => boolean)[] = [
  ({ landed, now }) => now < landed,
  ({ landed, now }) => now === landed,
  ({ landed, now }) => now > landed && now < 2 * landed,
  between(2, 5),
  between(5, 10),
  ({ landed, now }) => now >= 10 * landed,
]
