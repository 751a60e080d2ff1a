import type { Store } from '../facts/column-store.ts'
import { addFlows, emptyFlows, sumFlows } from '../facts/flows.ts'
import type { MonthRange } from '../facts/month.ts'
import { addSpans, emptySpans, type SpanPair } from '../facts/spans.ts'
import { axisOf, walk } from '../facts/walk.ts'
import { ExpectedError } from '../shared/errors.ts'
import { defaultRange, firstRevenueMonth } from './default-range.ts'
import { definitionOf } from './definition.ts'
import type { Measure, Metric } from './metric.ts'
import { checkRange, comparedPeriod, periodsOf } from './periods.ts'
import type { MetricQuery } from './query.ts'
import { type Question, settle } from './question.ts'
import { metricOf } from './registry.ts'
import type { MetricSeries, MetricValue } from './result.ts'
import { toValue } from './value.ts'

/** One series per key, in the order asked for. All of them come out of one pass over the columns. */
export function evaluate(store: Store, query: MetricQuery): MetricSeries[] {
  const question = settle(store, query)
  const range = checkRange(query.range ?? defaultRange(store, query.now))
  const periods = periodsOf(range, query.bucket ?? 'MONTH')
  const selected = query.keys.map((key) => {
    const metric = metricOf(key)
    return { metric, window: windowOf(metric, query.window) }
  })
  const { compare } = query
  const shown = periods.length > 0 ? [...periods, range] : []
  const asked = compare ? [...shown, ...shown.map((period) => comparedPeriod(period, compare))] : shown
  const windows = selected.flatMap(({ window }) => window ?? [])
  const measure = measureAll(question, asked, windows)
  return selected.map(({ metric, window }) => {
    const valueOf = (period: MonthRange): MetricValue => ({
      ...toValue(question, metric, period, measure(metric, window, period)),
      previous: compare ? previousOf(comparedPeriod(period, compare)) : null,
    })
    const previousOf = (period: MonthRange) => toValue(question, metric, period, measure(metric, window, period))
    return {
      definition: definitionOf(metric),
      unit: metric.unit,
      currency: question.currency,
      window,
      values: periods.map(valueOf),
      total: periods.length > 0 ? valueOf(range) : null,
    }
  })
}

/** The window asked for, or the metric's own; null for a metric without one. */
export function windowOf(metric: Metric, asked: number | undefined): number | null {
  if (metric.needs !== 'spans') return null
  if (asked === undefined) return metric.windows[0]
  if (!metric.windows.includes(asked)) {
    const known = metric.windows.join(', ')
    throw new ExpectedError(
      'INVALID_INPUT',
      `${metric.key} has no window of ${asked} months; it has ${known}`,
      'window',
    )
  }
  return asked
}

type Measured = (metric: Metric, window: number | null, period: MonthRange) => Measure

/** Walks the slice once for every period and window, and answers from the sums. */
export function measureAll(question: Question, periods: readonly MonthRange[], windows: readonly number[]): Measured {
  const { slice } = question
  const starts = periods.map((period) => period.start)
  const ends = periods.map((period) => period.end)
  const from = Math.min(...starts, ...ends.map((end) => end - 1 - Math.max(...windows, 0)))
  const axis = periods.length > 0 ? axisOf(slice, from, Math.max(...ends) - 1) : { first: 0, length: 0 }
  const pairAt = new Map<string, number>()
  const pairs: SpanPair[] = []
  for (const window of new Set(windows)) {
    for (const end of new Set(ends)) {
      pairAt.set(`${window}:${end}`, pairs.length)
      pairs.push({ opening: end - 1 - window - axis.first, closing: end - 1 - axis.first })
    }
  }
  const flows = emptyFlows(axis)
  const spans = emptySpans(pairs)
  walk(slice, axis, (book) => {
    addFlows(flows, book)
    addSpans(spans, pairs, book)
  })
  return (metric, window, period) => {
    if (metric.needs === 'flows') return metric.value(sumFlows(flows, period))
    const measured = metric.value(spans[pairAt.get(`${window}:${period.end}`) ?? -1] ?? noSpans)
    return window === null ? measured : withHistory(question, measured, period.end - 1 - window)
  }
}

const noSpans = { accounts: 0, opening: 0, closing: 0, kept: 0 }

/** Says "not enough history" where the window opens before anyone in scope paid. */
export function withHistory<T extends { undefinedBecause?: Measure['undefinedBecause'] }>(
  { store, scope }: Question,
  measured: T,
  opening: number,
): T {
  if (!measured.undefinedBecause) return measured
  const first = firstRevenueMonth(store, scope)
  return first === null || opening < first ? { ...measured, undefinedBecause: 'NOT_ENOUGH_HISTORY' } : measured
}
