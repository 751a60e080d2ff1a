import { addFlows, emptyFlows, sumFlows, sumLevels } from '../facts/flows.ts'
import type { MonthRange } from '../facts/month.ts'
import { outlookLevels } from '../facts/outlook.ts'
import { type SpanPair, SpanTable } from '../facts/spans.ts'
import { axisOf, walk } from '../facts/walk.ts'
import { firstRevenueMonth } from './default-range.ts'
import type { Measure, Metric } from './metric.ts'
import type { Question } from './question.ts'

/** A metric's measure in one of the periods, with one of the windows. */
export type Measured = (metric: Metric, window: number | null, period: MonthRange) => Measure

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
  const spans = new SpanTable(pairs, slice.view.retentionCurrency)
  walk(slice, axis, (book) => {
    addFlows(flows, book)
    spans.add(book)
  })
  sumLevels(flows)
  flows.outlook = outlookLevels(slice, axis)
  return (metric, window, period) => {
    if (metric.needs === 'flows') return metric.value(sumFlows(flows, period))
    const measured = metric.value(spans.sums(pairAt.get(`${window}:${period.end}`) ?? -1))
    return window === null ? measured : withHistory(question, measured, period.end - 1 - window)
  }
}

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
