import type { Store } from '../facts/column-store.ts'
import { measureAll, measuring } from './measure-all.ts'
import type { MetricQuery } from './query.ts'
import type { MetricSeries } from './result.ts'
import { type Asked, askedOf, seriesOf } from './series.ts'
import type { Steps } from './steps.ts'

/** One series per key, in the order asked for. Those of flows and spans come out of one pass over the columns. */
export function evaluate(store: Store, query: MetricQuery): MetricSeries[] {
  const asked = settled(store, query)
  const measure = measureAll(asked.question, asked.measured, asked.selected)
  return asked.selected.map((selected) => seriesOf(asked, selected, measure))
}

/** The same in steps: a question of a large tenant lets others in between. */
export function* evaluating(store: Store, query: MetricQuery, size?: number): Steps<MetricSeries[]> {
  const asked = settled(store, query)
  const measure = yield* measuring(asked.question, asked.measured, asked.selected, size)
  return asked.selected.map((selected) => seriesOf(asked, selected, measure))
}

const settled = (store: Store, query: MetricQuery): Asked =>
  askedOf(
    store,
    query,
    query.keys.map((key) => ({ key, window: query.window })),
  )
