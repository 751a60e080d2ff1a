import type { SubscriptionState, SubscriptionStatus } from '../ingest/event.ts'
import { add, type Rational, rational, roundHalfEven } from '../shared/rational.ts'
import { counting, discountedAmounts, discountedUsage } from './discount.ts'
import type { Measured } from './measure-usage.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'

const PAYING: readonly SubscriptionStatus[] = ['ACTIVE', 'PAST_DUE']

/** MRR of an item in minor units: what is agreed, and what usage adds. Together they are rounded once. */
export type ItemLevel = { committed: bigint; usage: bigint }

/** MRR of each item in minor units, after recurring discounts: 0 unless the subscription's status pays. The policy may say otherwise. */
export function levels(state: SubscriptionState, measured?: Measured, recognition = NOBISHIRO): bigint[] {
  return itemLevels(state, measured, recognition).map(({ committed, usage }) => committed + usage)
}

/** The same in its two parts. */
export function itemLevels(
  state: SubscriptionState,
  measured: Measured | undefined,
  recognition: Recognition,
): ItemLevel[] {
  const pays = PAYING.includes(state.status) || (state.status === 'PAUSED' && recognition.paused === 'KEEP')
  if (!pays) return state.items.map(() => ({ committed: 0n, usage: 0n }))
  const items = state.items.map((item) => (item.discounts ? { ...item, discounts: counting(item, recognition) } : item))
  const discounts = counting(state, recognition)
  const committed = discountedAmounts(items, discounts)
  if (!measured || measured.size === 0) return committed.map((exact) => split(exact, rational(0n)))
  const usage = discountedUsage(
    items,
    discounts,
    items.map(({ item }) => measured.get(item)?.mean ?? rational(0n)),
  )
  return committed.map((exact, index) => split(exact, usage[index] ?? rational(0n)))
}

function split(exact: Rational, usage: Rational): ItemLevel {
  const committed = roundHalfEven(exact)
  return { committed, usage: roundHalfEven(add(exact, usage)) - committed }
}
