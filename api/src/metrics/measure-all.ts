import type { Axis, Book } from '../facts/book.ts'
import { addFlows, addLogos, emptyFlows, keepStrategies, sumFlows, sumLevels } from '../facts/flows.ts'
import { kindCode } from '../facts/kind.ts'
import { logoReader } from '../facts/logos.ts'
import type { MonthRange } from '../facts/month.ts'
import { outlookLevels } from '../facts/outlook.ts'
import { partsOf } from '../facts/parts.ts'
import type { Slice } from '../facts/slice.ts'
import { addSums, type SpanPair, SpanTable } from '../facts/spans.ts'
import { addStrategies, emptyStrategies } from '../facts/strategies.ts'
import { axisOf, walk, walkLevels } from '../facts/walk.ts'
import { firstRevenueMonth } from './default-range.ts'
import type { Measure, Metric, SpanMetric } from './metric.ts'
import type { Question } from './question.ts'
import { emptyGathered, measureOf } from './sums.ts'
import { closesOf, overOf } from './window.ts'

/** A metric's measure in one of the periods, with one of the windows. */
export type Measured = (metric: Metric, window: number | null, period: MonthRange) => Measure

/** A metric, and the months that it looks back over; null for one without a window. */
export type Selected = { metric: Metric; window: number | null }

/** Walks the slice once for every period and window, and answers from the sums. */
export function measureAll(
  question: Question,
  periods: readonly MonthRange[],
  selected: readonly Selected[],
): Measured {
  const sums = emptySums(question, periods, selected)
  for (const pass of sums.passes(question.slice, true)) pass()
  return sums.measured()
}

/** The same in turns: between two parts of a pass, and between two passes, it waits until it may go on. */
export async function measureInTurns(
  question: Question,
  periods: readonly MonthRange[],
  selected: readonly Selected[],
  { turn, size }: Turns,
): Promise<Measured> {
  const sums = emptySums(question, periods, selected)
  let isFirst = true
  for (const part of partsOf(question.slice, size)) {
    let isBegun = !isFirst
    for (const pass of sums.passes(part, isFirst)) {
      if (isBegun) await turn()
      isBegun = true
      pass()
    }
    isFirst = false
  }
  return sums.measured()
}

/** Waits for the next turn; and how many change points one may take. */
export type Turns = { turn: () => Promise<void>; size?: number | undefined }

/** Sums for every period and window. All of the slice is added, then it measures. */
export type Sums = {
  axis: Axis
  /** Adds one account to what is summed over books. */
  add: (book: Book) => void
  /** Adds a part of the slice to what is gathered. */
  gather: readonly ((part: Slice, isFirst: boolean) => void)[]
  /** All that there is to do for a part: a walk over its books, and what is gathered. */
  passes: (part: Slice, isFirst: boolean) => (() => void)[]
  measured: () => Measured
}

export function emptySums(question: Question, periods: readonly MonthRange[], selected: readonly Selected[]): Sums {
  const { slice } = question
  const starts = periods.map((period) => period.start)
  const ends = periods.map((period) => period.end)
  const windowed = selected.flatMap(({ metric, window }) =>
    metric.needs === 'spans' && window !== null ? [{ metric, window }] : [],
  )
  const reach = Math.max(0, ...windowed.map(({ metric, window }) => window + overOf(metric) - 1))
  const from = Math.min(...starts, ...ends.map((end) => end - 1 - reach))
  const axis = periods.length > 0 ? axisOf(slice, from, Math.max(...ends) - 1) : { first: 0, length: 0 }
  const pairAt = new Map<string, number>()
  const pairs: SpanPair[] = []
  for (const { metric, window } of windowed) {
    for (const close of new Set(ends.flatMap((end) => closesOf(metric, end - 1)))) {
      const key = `${window}:${close}`
      if (pairAt.has(key)) continue
      pairAt.set(key, pairs.length)
      pairs.push({ opening: close - window - axis.first, closing: close - axis.first })
    }
  }
  const flows = emptyFlows(axis)
  const reads = new Set(windowed.flatMap(({ metric }) => metric.reads ?? []))
  const spans = new SpanTable(pairs, slice.view.retentionCurrency, reads)
  const logosOf = logoReader(slice, axis)
  const { strategies } = slice
  const parts =
    strategies === null ? [] : [kindCode.EXPANSION, kindCode.CONTRACTION].map((kind) => emptyStrategies(axis, kind))
  const needsFlows = selected.some(({ metric }) => metric.needs === 'flows')
  const add = (book: Book) => {
    if (needsFlows) {
      addFlows(flows, book)
      addLogos(flows, book, logosOf(book))
    }
    spans.add(book)
    for (const sums of parts) addStrategies(sums, slice, book)
  }
  const sums = (metric: SpanMetric, window: number | null, last: number) =>
    addSums(closesOf(metric, last).map((close) => spans.sums(pairAt.get(`${window}:${close}`) ?? -1)))
  const gathered = new Map(
    selected.flatMap(({ metric, window }) =>
      metric.needs === 'sums'
        ? [[`${metric.key}:${window}`, emptyGathered(question, metric, periods, window)] as const]
        : [],
    ),
  )
  const placeOf = new Map(periods.map(({ start, end }, place) => [`${start}:${end}`, place]))
  const measure: Measured = (metric, window, period) => {
    if (metric.needs === 'sums') {
      const measured = measureOf(
        question,
        metric,
        gathered.get(`${metric.key}:${window}`)?.sums(placeOf.get(`${period.start}:${period.end}`) ?? -1) ?? {},
      )
      return window === null ? measured : withHistory(question, measured, period.end - 1 - window)
    }
    if (metric.needs === 'flows') {
      if (!needsFlows) throw new Error(`${metric.key} is measured without having been selected`)
      return metric.value(sumFlows(flows, period))
    }
    const last = period.end - 1
    const measured = metric.value(sums(metric, window, last))
    return window === null ? measured : withHistory(question, measured, last - window - overOf(metric) + 1)
  }
  const measured = () => {
    sumLevels(flows)
    if (strategies !== null) keepStrategies(flows, parts, strategies)
    flows.outlook = once(() => outlookLevels(slice, axis))
    return measure
  }
  const gather = [...gathered.values()].map((one) => one.add)
  const visit = needsFlows || parts.length > 0 ? walk : walkLevels
  const needsBooks = needsFlows || windowed.length > 0
  const passes: Sums['passes'] = (part, isFirst) => [
    ...(needsBooks ? [() => visit(part, axis, add)] : []),
    ...gather.map((one) => () => one(part, isFirst)),
  ]
  return { axis, add, gather, passes, measured }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
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
