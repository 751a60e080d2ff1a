import type { Store } from '../facts/column-store.ts'
import { measureAll } from './measure-all.ts'
import type { MetricQuery } from './query.ts'
import type { MetricSeries } from './result.ts'
import { askedOf, seriesOf } from './series.ts'

/** One series per key, in the order asked for. All of them come out of one pass over the columns. */
export function evaluate(store: Store, query: MetricQuery): MetricSeries[] {
  const { keys, window } = query
  const asked = askedOf(
    store,
    query,
    keys.map((key) => ({ key, window })),
  )
  const measure = measureAll(asked.question, asked.measured, asked.selected)
  return asked.selected.map((selected) => seriesOf(asked, selected, measure))
}
