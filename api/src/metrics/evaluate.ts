import type { Store } from '../facts/column-store.ts'
import type { MetricQuery } from './query.ts'
import type { MetricSeries } from './result.ts'

/** One series per key, in the order asked for. */
export function evaluate(_store: Store, _query: MetricQuery): MetricSeries[] {
  throw new Error('not built yet')
}
