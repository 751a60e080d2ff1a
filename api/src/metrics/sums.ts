import type { MonthRange } from '../facts/month.ts'
import type { Slice } from '../facts/slice.ts'
import { money } from './measure.ts'
import type { AddPart, Measure, SumsMetric, Term } from './metric.ts'
import type { Question } from './question.ts'

/** Sums by the names of a metric's inputs; exact integers, or NaN. */
export type Sums = Record<string, number>

/** Sums of a metric, gathered from one part of the question's slice after the other. */
export type Gathered = {
  add: (part: Slice, isFirst: boolean) => void
  /** Of a period, by its place. */
  sums: (period: number) => Sums
}

export function emptyGathered(
  question: Question,
  metric: SumsMetric,
  periods: readonly MonthRange[],
  window: number | null,
): Gathered {
  const columns = Object.fromEntries(Object.keys(metric.inputs).map((name) => [name, new Float64Array(periods.length)]))
  return {
    add(slice, isFirst) {
      gather(
        { ...question, slice },
        metric,
        { periods, window, whole: question.slice },
        (input, period, amount, account) => {
          // What is of no account is told with every part.
          if (account >= 0 || isFirst) columns[input]![period]! += amount
        },
      )
    },
    sums: (period) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[period] ?? 0])),
  }
}

/** The sums of one period. */
export function sumsOf(
  question: Question,
  metric: SumsMetric,
  { period, window }: { period: MonthRange; window: number | null },
): Sums {
  const gathered = emptyGathered(question, metric, [period], window)
  gathered.add(question.slice, true)
  return gathered.sums(0)
}

/** Every part of the sums of one period. */
export function partsOf(
  question: Question,
  metric: SumsMetric,
  asked: { period: MonthRange; window: number | null },
  add: (input: string, amount: number, account: number, name: string) => void,
): void {
  gather(question, metric, { periods: [asked.period], window: asked.window }, (input, _, amount, account, name = '') =>
    add(input, amount, account, name),
  )
}

function gather(
  { slice, scope, store }: Question,
  metric: SumsMetric,
  { periods, window, whole = slice }: { periods: readonly MonthRange[]; window: number | null; whole?: Slice },
  add: AddPart,
): void {
  const isEveryone = scope.count === store.accounts.ids.length && isWhole(whole)
  metric.gather({ slice, isEveryone, periods, window: window ?? 0 }, add)
}

/** Whether nothing is left out: spend can be set against all of a tenant's revenue alone. */
function isWhole(slice: Slice): boolean {
  return !slice.isOfItems && slice.strategies === null && slice.accounts.every((bit) => bit === 1)
}

/** What a metric makes of its sums. */
export const measureOf = ({ store }: Question, metric: SumsMetric, sums: Sums): Measure =>
  metric.value(sums, store.costs)

/** A metric's sums as terms, in the order of its inputs. */
export function inputTerms(metric: SumsMetric, sums: Sums): Term[] {
  return Object.entries(metric.inputs).map(([name, { label, unit }]) => {
    const { amount, isMissing } = money(label, sums[name] ?? 0)
    return { label, amount, unit, ...(isMissing && { isMissing }) }
  })
}
