import type { Store } from '../facts/column-store.ts'
import type { MonthRange } from '../facts/month.ts'
import { defaultRange } from './default-range.ts'
import { definitionOf } from './definition.ts'
import { measureAll } from './measure-all.ts'
import { checkRange, comparedPeriod, periodsOf } from './periods.ts'
import type { MetricQuery } from './query.ts'
import { settle } from './question.ts'
import { metricOf } from './registry.ts'
import type { MetricSeries, MetricValue } from './result.ts'
import { checkStrategies } from './strategy-filter.ts'
import { toValue } from './value.ts'
import { windowOf } from './window.ts'

/** One series per key, in the order asked for. All of them come out of one pass over the columns. */
export function evaluate(store: Store, query: MetricQuery): MetricSeries[] {
  const question = settle(store, query)
  const range = checkRange(query.range ?? defaultRange(store, query.now))
  const periods = periodsOf(range, query.bucket ?? 'MONTH')
  const selected = query.keys.map((key) => {
    const metric = metricOf(key, question.view)
    return { metric, window: windowOf(metric, query.window) }
  })
  checkStrategies(
    selected.map(({ metric }) => metric),
    query.where,
  )
  const { compare } = query
  const shown = periods.length > 0 ? [...periods, range] : []
  const asked = compare ? [...shown, ...shown.map((period) => comparedPeriod(period, compare))] : shown
  const measure = measureAll(question, asked, selected)
  return selected.map(({ metric, window }) => {
    const plain = (period: MonthRange) => toValue(question, metric, period, measure(metric, window, period), window)
    const shownValue = (period: MonthRange): MetricValue => ({
      ...plain(period),
      previous: compare ? plain(comparedPeriod(period, compare)) : null,
    })
    return {
      definition: definitionOf(metric),
      unit: metric.unit,
      currency: question.currency,
      window,
      values: periods.map(shownValue),
      total: periods.length > 0 ? shownValue(range) : null,
    }
  })
}
