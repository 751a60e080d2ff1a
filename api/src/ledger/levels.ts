import type { SubscriptionState, SubscriptionStatus } from '../ingest/event.ts'
import { roundHalfEven } from '../shared/rational.ts'
import { discountedAmounts } from './discount.ts'

const PAYING: readonly SubscriptionStatus[] = ['ACTIVE', 'PAST_DUE']

/** MRR of each item in minor units, after recurring discounts: 0 unless the subscription's status pays. */
export function levels({ status, items, discounts }: SubscriptionState): bigint[] {
  if (!PAYING.includes(status)) return items.map(() => 0n)
  return discountedAmounts(items, discounts).map(roundHalfEven)
}
