import type { Store } from '../facts/column-store.ts'
import type { WaterfallQuery } from './query.ts'
import type { Waterfall } from './result.ts'

/** From opening to closing: ALL accounts period by period, or the COHORT of NRR point to point. */
export function waterfall(_store: Store, _query: WaterfallQuery): Waterfall {
  throw new Error('not built yet')
}
