import type { Store } from '../facts/column-store.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import type { Bitmap } from '../facts/scope.ts'

/** The last month that is over and that every source has passed. */
export function lastCompleteMonth(_store: Store, _now: Date): Month {
  throw new Error('not built yet')
}

/** The 12 last complete months. */
export function defaultRange(_store: Store, _now: Date): MonthRange {
  throw new Error('not built yet')
}

/** First month that closed with revenue for an account in scope; null while there is none. */
export function firstRevenueMonth(_store: Store, _scope: Bitmap): Month | null {
  throw new Error('not built yet')
}
