import type { Store } from '../facts/column-store.ts'
import { lastDayOf, type Month } from '../facts/month.ts'
import { currentMonth } from './default-range.ts'
import type { Completeness } from './vocabulary.ts'

/** PARTIAL while the period that ends with `last` is not over, or while a source has not passed its last day. */
export function completenessOf(store: Store, now: Date, last: Month): Completeness {
  if (last >= currentMonth(store, now)) return 'PARTIAL'
  return store.dataThrough !== null && store.dataThrough >= lastDayOf(last) ? 'COMPLETE' : 'PARTIAL'
}
