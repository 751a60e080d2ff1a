import type { Book } from '../facts/book.ts'
import { addFlows, addLogos, emptyFlows, keepStrategies, sumFlows, sumLevels } from '../facts/flows.ts'
import { kindCode } from '../facts/kind.ts'
import { hasLogos, logoReader } from '../facts/logos.ts'
import type { MonthRange } from '../facts/month.ts'
import { outlookLevels } from '../facts/outlook.ts'
import { partsOf } from '../facts/parts.ts'
import { addRows, addStrategyRows, isOfRows, parted } from '../facts/rows.ts'
import type { Slice } from '../facts/slice.ts'
import { addSums, SpanTable } from '../facts/spans.ts'
import { addStrategies, emptyStrategies } from '../facts/strategies.ts'
import { walk, walkLevels } from '../facts/walk.ts'
import { firstRevenueMonth } from './default-range.ts'
import type { Measure, Metric } from './metric.ts'
import { type Pass, type Plan, planOf, type Selected } from './plan.ts'
import type { Question } from './question.ts'
import { atOnce, type Steps } from './steps.ts'
import { emptyGathered, measureOf } from './sums.ts'
import { overOf } from './window.ts'

/** A metric's measure in one of the periods, with one of the windows. */
export type Measured = (metric: Metric, window: number | null, period: MonthRange) => Measure

/** Measures the slice in every period, with every window: from sums, after the passes that they take. */
export function measureAll(
  question: Question,
  periods: readonly MonthRange[],
  selected: readonly Selected[],
): Measured {
  return atOnce(measuring(question, periods, selected, Number.POSITIVE_INFINITY))
}

/** The same in steps: the passes over one part of the slice after the other. A part has some change points, as many as `size`. */
export function* measuring(
  question: Question,
  periods: readonly MonthRange[],
  selected: readonly Selected[],
  size?: number,
): Steps<Measured> {
  const sums = emptySums(question, planOf(question, periods, selected), periods, selected)
  let isFirst = true
  for (const part of partsOf(question.slice, size)) {
    let isBegun = !isFirst
    for (const work of sums.workOn(part, isFirst)) {
      if (isBegun) yield
      isBegun = true
      work()
    }
    isFirst = false
  }
  return sums.measured()
}

/** Sums for every period and window. All of the slice is added, then it measures. */
export type Sums = {
  /** Adds one account to what a pass sums over books. */
  add: (pass: Pass, book: Book) => void
  /** Adds a part of the slice to what is gathered beside. */
  gather: readonly ((part: Slice, isFirst: boolean) => void)[]
  /** All that there is to do for a part: its passes, and what is gathered. */
  workOn: (part: Slice, isFirst: boolean) => (() => void)[]
  measured: () => Measured
}

export function emptySums(
  question: Question,
  { axis, pairs, pairsOf, passes }: Plan,
  periods: readonly MonthRange[],
  selected: readonly Selected[],
): Sums {
  const { slice } = question
  const { monthsBefore } = slice.store.calendar
  const flows = emptyFlows(axis)
  const reads = new Set(selected.flatMap(({ metric }) => (metric.needs === 'spans' ? (metric.reads ?? []) : [])))
  const spans = new SpanTable(pairs, slice.view.retentionCurrency, reads)
  const logosOf = logoReader(slice, axis)
  const { strategies } = slice
  const parts =
    strategies === null ? [] : [kindCode.EXPANSION, kindCode.CONTRACTION].map((kind) => emptyStrategies(axis, kind))
  const addMoves = (book: Book) => {
    addFlows(flows, book)
    addLogos(flows, book, logosOf(book))
    for (const sums of parts) addStrategies(sums, slice, book)
  }
  const add = (pass: Pass, book: Book) => {
    if (pass.spans) spans.add(book)
    if (pass.flows) addMoves(book)
  }
  /** Flows by rows, with the books of those alone whose rows do not say all. */
  const addByRows = (part: Slice) => {
    const { even, rest } = parted(part, hasLogos(part.store))
    addRows(flows, even)
    for (const sums of parts) addStrategyRows(sums, even)
    if (rest) walk(rest, flows.axis, addMoves)
  }
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
      return window === null ? measured : withHistory(question, measured, monthsBefore(period.end - 1, window))
    }
    if (metric.needs === 'flows') {
      if (!selected.some((one) => one.metric.needs === 'flows'))
        throw new Error(`${metric.key} is measured without having been selected`)
      return metric.value(sumFlows(flows, period))
    }
    const last = period.end - 1
    const found = window === null ? [-1] : pairsOf(metric, window, last)
    const measured = metric.value(addSums(found.map((pair) => spans.sums(pair))))
    if (window === null) return measured
    return withHistory(question, measured, monthsBefore(last, window + overOf(metric) - 1))
  }
  const measured = () => {
    sumLevels(flows)
    if (strategies !== null) keepStrategies(flows, parts, strategies)
    flows.outlook = once(() => outlookLevels(slice, axis))
    return measure
  }
  const gather = [...gathered.values()].map((one) => one.add)
  const workOn: Sums['workOn'] = (part, isFirst) => [
    ...passes.flatMap((pass) => {
      if (!pass.flows) return [() => walkLevels(pass.cut(part), pass.axis, (book) => spans.add(book))]
      if (!isOfRows(part)) return [() => walk(pass.cut(part), pass.axis, (book) => add(pass, book))]
      const levels = () => walkLevels(part, pass.axis, (book) => spans.add(book))
      return [() => addByRows(part), ...(pass.spans ? [levels] : [])]
    }),
    ...gather.map((one) => () => one(part, isFirst)),
  ]
  return { add, gather, workOn, measured }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Says "not enough history" where the window opens with the close of a day, counted from 1 January 1970, before anyone in scope paid. */
export function withHistory<T extends { undefinedBecause?: Measure['undefinedBecause'] }>(
  { slice, scope }: Question,
  measured: T,
  opening: number,
): T {
  if (!measured.undefinedBecause) return measured
  const { store } = slice
  const first = firstRevenueMonth(store, scope)
  return first === null || opening < store.calendar.closeOf(first)
    ? { ...measured, undefinedBecause: 'NOT_ENOUGH_HISTORY' }
    : measured
}
