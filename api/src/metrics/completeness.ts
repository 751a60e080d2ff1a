import type { Store } from '../facts/column-store.ts'
import { lastDayOf, type Month } from '../facts/month.ts'
import type { Completeness } from './vocabulary.ts'

/** PARTIAL while the period that ends with `last` is not over, or while a source has not passed its last day; `current` is this month. */
export function completenessOf(store: Store, current: Month, last: Month): Completeness {
  if (last >= current) return 'PARTIAL'
  return store.dataThrough !== null && store.dataThrough >= lastDayOf(last) ? 'COMPLETE' : 'PARTIAL'
}
