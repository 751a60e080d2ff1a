import type { Store } from '../facts/column-store.ts'
import { lastDayOf, type Month } from '../facts/month.ts'
import { type Detail, isRestated, restatedMonths } from '../facts/restated.ts'
import type { When } from '../facts/when.ts'
import type { Metric } from './metric.ts'
import type { Question } from './question.ts'
import type { Completeness } from './vocabulary.ts'
import { overOf } from './window.ts'

/** Whether a value can still change, and when something that it rests on was last changed after it had been closed. */
export type Standing = { completeness: Completeness; restatedSince: Date | null }

/** PARTIAL while the period that ends with `last` is not over, or while a source has not passed its last day; `current` is this month. */
function completenessOf(store: Store, current: Month, last: Month): Exclude<Completeness, 'RESTATED'> {
  if (last >= current) return 'PARTIAL'
  return store.dataThrough !== null && store.dataThrough >= lastDayOf(last) ? 'COMPLETE' : 'PARTIAL'
}

/** The standing of what rests on these months, the last of them at the end. PARTIAL wins over RESTATED. */
export function standingOf(
  question: Question,
  months: readonly Month[],
  detail: 'ACCOUNT' | 'PART' = 'ACCOUNT',
): Standing {
  const { slice } = question
  const restated = restatedMonths(slice, detailIn(question, slice.isOfItems ? 'PART' : detail))
  const since = Math.max(0, ...months.map((month) => restated.get(month) ?? 0))
  const completeness = completenessOf(question.store, question.current, months.at(-1) ?? question.current)
  if (since === 0) return { completeness, restatedSince: null }
  return { completeness: completeness === 'COMPLETE' ? 'RESTATED' : completeness, restatedSince: new Date(since) }
}

/** The standing of one account's movement: of its month, or where days are netted of the days of its month. */
export function accountStanding(question: Question, account: number, { month }: When): Completeness {
  const { store, current } = question
  const completeness = completenessOf(store, current, month)
  if (completeness !== 'COMPLETE') return completeness
  return isRestated(store, account, month, detailIn(question, 'ACCOUNT')) ? 'RESTATED' : completeness
}

/** A change that went to another day of its month is another movement where days are netted. */
const detailIn = ({ view }: Question, detail: 'ACCOUNT' | 'PART'): Detail =>
  view.netting === 'EVENT' ? `${detail}_DAY` : detail

/** Every month of a range, or the two closes that a window compares; every close of it where a metric reads them all. */
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
  if (window !== null && metric?.needs === 'spans' && (metric.reads || metric.over))
    return monthsBehind({ start: end - window - overOf(metric), end })
  if (window !== null) return [end - 1 - window, end - 1]
  return Array.from({ length: end - start }, (_, index) => start + index)
}
