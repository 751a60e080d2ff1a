import type { Axis } from '../facts/book.ts'
import { MONTHS } from '../facts/calendar.ts'
import { atCloses } from '../facts/cut.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import type { Slice } from '../facts/slice.ts'
import type { SpanPair } from '../facts/spans.ts'
import { axisOf } from '../facts/walk.ts'
import type { Metric, SpanMetric } from './metric.ts'
import type { Question } from './question.ts'
import { overOf, spanDays } from './window.ts'

/** A metric, and the months that it looks back over; null for one without a window. */
export type Selected = { metric: Metric; window: number | null }

/** A walk over a slice, or a part of it, in the calendar that it is cut to; and what is read on the way. */
export type Pass = { cut: (slice: Slice) => Slice; axis: Axis; flows: boolean; spans: boolean }

/** What has to be walked for some metrics in some periods. */
export type Plan = {
  passes: readonly Pass[]
  /** Of the flows. */
  axis: Axis
  /** Closes of the spans, by their places in the pass that reads them. */
  pairs: readonly SpanPair[]
  /** Which of them a metric compares whose period ends with `last`. */
  pairsOf: (metric: SpanMetric, window: number, last: Month) => number[]
}

/** By month one pass reads everything. Weeks do not close on the same days of earlier months, so spans have a pass of their own then. */
export function planOf(
  { store, slice }: Question,
  periods: readonly MonthRange[],
  selected: readonly Selected[],
): Plan {
  const { calendar } = slice.store
  const windowed = selected.flatMap(({ metric, window }) =>
    metric.needs === 'spans' && window !== null ? [{ metric, window }] : [],
  )
  const ends = periods.map(({ end }) => end)
  const days = new Map<string, SpanPair>()
  for (const { metric, window } of windowed)
    for (const end of ends) for (const pair of spanDays(calendar, metric, window, end - 1)) days.set(keyOf(pair), pair)
  const placeOf = new Map([...days.keys()].map((key, place) => [key, place]))
  const pairsOf: Plan['pairsOf'] = (metric, window, last) =>
    spanDays(calendar, metric, window, last).map((pair) => placeOf.get(keyOf(pair)) ?? -1)
  const pairs = (at: (day: number) => number) =>
    [...days.values()].map(({ opening, closing }) => ({ opening: at(opening), closing: at(closing) }))

  const flows = selected.some(({ metric }) => metric.needs === 'flows')
  const spans = days.size > 0
  const isByMonth = calendar === MONTHS
  const reach = isByMonth ? Math.max(0, ...windowed.map(({ metric, window }) => window + overOf(metric) - 1)) : 0
  const from = Math.min(...periods.map(({ start }) => start), ...ends.map((end) => end - 1 - reach))
  const axis = periods.length > 0 ? axisOf(slice, from, Math.max(...ends) - 1) : { first: 0, length: 0 }
  if (isByMonth) {
    const passes = flows || spans ? [{ cut: uncut, axis, flows, spans }] : []
    return { passes, axis, pairs: pairs((day) => calendar.placeOf(day) - axis.first), pairsOf }
  }
  const passes: Pass[] = flows ? [{ cut: uncut, axis, flows, spans: false }] : []
  const closes = [...new Set([...days.values()].flatMap(({ opening, closing }) => [opening, closing]))].sort(
    (a, b) => a - b,
  )
  if (spans)
    passes.push({
      cut: atCloses(store, closes),
      axis: { first: 0, length: closes.length },
      flows: false,
      spans,
    })
  return { passes, axis, pairs: pairs((day) => closes.indexOf(day)), pairsOf }
}

const uncut = (slice: Slice): Slice => slice

const keyOf = ({ opening, closing }: SpanPair): string => `${opening}:${closing}`
