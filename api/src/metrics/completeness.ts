import { lastDayIn, WEEKS } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import { type Detail, isRestated, restatedMonths } from '../facts/restated.ts'
import type { When } from '../facts/when.ts'
import type { Metric } from './metric.ts'
import type { Question } from './question.ts'
import type { Completeness } from './vocabulary.ts'
import { overOf } from './window.ts'

/** Whether a value can still change, and when something that it rests on was last changed after it had been closed. */
export type Standing = { completeness: Completeness; restatedSince: Date | null }

/** PARTIAL while the period that ends with `last` is not over, or while a source has not passed its last day; `current` is this month, or week. */
function completenessOf({ slice: { store }, current }: Question, last: Month): Exclude<Completeness, 'RESTATED'> {
  if (last >= current) return 'PARTIAL'
  return store.dataThrough !== null && store.dataThrough >= lastDayIn(store.calendar, last) ? 'COMPLETE' : 'PARTIAL'
}

/** The standing of what rests on these months, or weeks, the last of them at the end. PARTIAL wins over RESTATED. */
export function standingOf(
  question: Question,
  months: readonly Month[],
  detail: 'ACCOUNT' | 'PART' = 'ACCOUNT',
  byDay = netsByDay(question),
): Standing {
  const { slice } = question
  const restated = restatedMonths(slice, detailIn(slice.isOfItems ? 'PART' : detail, byDay))
  const since = Math.max(0, ...months.map((month) => restated.get(month) ?? 0))
  const completeness = completenessOf(question, months.at(-1) ?? question.current)
  if (since === 0) return { completeness, restatedSince: null }
  return { completeness: completeness === 'COMPLETE' ? 'RESTATED' : completeness, restatedSince: new Date(since) }
}

/** The standing of a metric's value. */
export function valueStanding(
  question: Question,
  metric: Metric,
  { start, end }: MonthRange,
  window: number | null,
): Standing {
  const { store } = question
  const { calendar } = question.slice.store
  if (window === null || metric.needs === 'sums')
    return standingOf(question, monthsBehind({ start, end }, window, metric, store))
  const isPath = metric.needs === 'spans' && (metric.reads !== undefined || metric.over !== undefined)
  const first = calendar.placeOf(calendar.monthsBefore(end - 1, window + overOf(metric) - 1))
  const places = isPath ? monthsBehind({ start: first, end }) : [first, end - 1]
  // A window that opens on a day within a week rests on its days.
  return standingOf(question, places, 'ACCOUNT', calendar === WEEKS || netsByDay(question))
}

/** The standing of one account's movement: of its month, or where days are netted of the days of its month. */
export function accountStanding(question: Question, account: number, { month }: When): Completeness {
  const completeness = completenessOf(question, month)
  if (completeness !== 'COMPLETE') return completeness
  const detail = detailIn('ACCOUNT', netsByDay(question))
  return isRestated(question.store, account, month, detail) ? 'RESTATED' : completeness
}

/** A change that went to another day of its month is another movement where days are netted. */
const netsByDay = ({ view }: Question): boolean => view.netting === 'EVENT'

const detailIn = (detail: 'ACCOUNT' | 'PART', byDay: boolean): Detail => (byDay ? `${detail}_DAY` : detail)

/** Every month of a range, or the two closes that a window compares; every one back to what a metric of sums reads. */
export function monthsBehind(
  { start, end }: { start: Month; end: Month },
  window: number | null = null,
  metric?: Metric,
  store?: Store,
): Month[] {
  if (metric?.needs === 'sums') {
    const back = (store && metric.back?.(store.costs)) ?? 0
    return monthsBehind({ start: (window === null ? start : end - 1 - window) - back, end })
  }
  if (window !== null) return [end - 1 - window, end - 1]
  return Array.from({ length: end - start }, (_, index) => start + index)
}
