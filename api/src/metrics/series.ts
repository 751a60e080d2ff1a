import type { Store } from '../facts/column-store.ts'
import type { MonthRange } from '../facts/month.ts'
import { defaultRange } from './default-range.ts'
import { definitionOf } from './definition.ts'
import type { Measured } from './measure-all.ts'
import { calendarOf, checkRange, comparedPeriod, periodsOf } from './periods.ts'
import type { Selected } from './plan.ts'
import type { SeriesQuery } from './query.ts'
import { type Question, settle } from './question.ts'
import { type MetricKey, metricOf } from './registry.ts'
import type { MetricSeries, MetricValue } from './result.ts'
import { checkStrategies } from './strategy-filter.ts'
import { checkThen } from './then-filter.ts'
import { toValue } from './value.ts'
import { refuseByWeek } from './weeks.ts'
import { windowOf } from './window.ts'

/** A metric, and the months it looks back over; its own default when absent. */
export type MeasureAsked = { key: MetricKey; window?: number | undefined }

/** A question over time with everything settled. */
export type Asked = {
  question: Question
  range: MonthRange
  /** What is shown: the buckets of the range. */
  periods: readonly MonthRange[]
  /** What has to be measured: those, the range, and what they are compared with. */
  measured: readonly MonthRange[]
  selected: readonly Selected[]
  comparedTo: ((period: MonthRange) => MonthRange) | undefined
}

export function askedOf(store: Store, query: SeriesQuery, measures: readonly MeasureAsked[]): Asked {
  const { bucket = 'MONTH', compare } = query
  const calendar = calendarOf(bucket)
  const question = settle(store, query, calendar)
  const range = checkRange(query.range ?? defaultRange(store, query.now, calendar), calendar)
  const periods = periodsOf(range, bucket, store.fiscalYearStart)
  const selected = measures.map(({ key, window }) => {
    const metric = metricOf(key, question.view)
    return { metric, window: windowOf(metric, window) }
  })
  const metrics = selected.map(({ metric }) => metric)
  checkStrategies(metrics, query.where)
  checkThen(metrics, query.where)
  if (bucket === 'WEEK') refuseByWeek(metrics)
  const shown = periods.length > 0 ? [...periods, range] : []
  const comparedTo = compare && ((period: MonthRange) => comparedPeriod(period, compare, bucket))
  const measured = comparedTo ? [...shown, ...shown.map(comparedTo)] : shown
  return { question, range, periods, measured, selected, comparedTo }
}

/** Values of one metric; the question may be a part of the one that was asked. */
export function valuesOf(
  { range, periods, comparedTo }: Asked,
  question: Question,
  { metric, window }: Selected,
  measure: Measured,
): Pick<MetricSeries, 'values' | 'total'> {
  const plain = (period: MonthRange) => toValue(question, metric, period, measure(metric, window, period), window)
  const shown = (period: MonthRange): MetricValue => ({
    ...plain(period),
    previous: comparedTo ? plain(comparedTo(period)) : null,
  })
  return { values: periods.map(shown), total: periods.length > 0 ? shown(range) : null }
}

export function seriesOf(asked: Asked, { metric, window }: Selected, measure: Measured): MetricSeries {
  return {
    definition: definitionOf(metric),
    unit: metric.unit,
    currency: asked.question.currency,
    window,
    ...valuesOf(asked, asked.question, { metric, window }, measure),
  }
}
