import type { Calendar, Place } from '../facts/calendar.ts'
import type { Month } from '../facts/month.ts'
import type { SpanPair } from '../facts/spans.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Metric } from './metric.ts'

/** The window asked for, or the metric's own; null for a metric without one. */
export function windowOf(metric: Metric, asked: number | undefined): number | null {
  const windows = windowsOf(metric)
  const [own] = windows
  if (own === undefined) return null
  if (asked === undefined) return own
  if (windows.includes(asked)) return asked
  const message = `${metric.key} has no window of ${asked} months; it has ${windows.join(', ')}`
  throw new ExpectedError('INVALID_INPUT', message, 'window')
}

/** Windows in months it may be asked for, the default first; empty when it has none. */
export const windowsOf = (metric: Metric): readonly number[] => (metric.needs === 'flows' ? [] : (metric.windows ?? []))

/** How many windows a metric adds up. */
export const overOf = (metric: Metric): number => (metric.needs === 'spans' ? (metric.over ?? 1) : 1)

/** The closes at which a metric's windows end, the last first. */
export const closesOf = (metric: Metric, last: Month): Month[] =>
  Array.from({ length: overOf(metric) }, (_, back) => last - back)

/** The days whose closes the windows compare that end with a place of a calendar, the last first. Days are counted from 1 January 1970. */
export const spanDays = ({ monthsBefore }: Calendar, metric: Metric, window: number, last: Place): SpanPair[] =>
  Array.from({ length: overOf(metric) }, (_, back) => ({
    opening: monthsBefore(last, back + window),
    closing: monthsBefore(last, back),
  }))

/** Months whose closes a metric's windows compare, the last first; of one without a window, those of the month itself. */
export const spansOf = (metric: Metric, window: number | null, last: Month): SpanPair[] =>
  closesOf(metric, last).map((closing) => ({ opening: closing - (window ?? 1), closing }))
