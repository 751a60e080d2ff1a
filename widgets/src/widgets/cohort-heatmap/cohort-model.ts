import type { Cohort, Cohorts, UndefinedReason } from '@nobishiro/sdk'
import { niceStep } from '../../chart/ticks.ts'
import { addMonths } from '../../format/month.ts'

export type CohortMetric = 'nrr' | 'grr'

/** Below this a single account moves the figure too much to be read as the cohort's. */
export const FEW = 5

/** One age of one cohort. */
export interface CohortCell {
  age: number
  /** Exact, as the API has it; null with a reason. */
  value: string | null
  ratio: number | null
  reason: UndefinedReason | null
  /** Accounts that it is a figure of; of all cohorts, those of the cohorts that have reached the age. */
  accounts: number
  /** Of them, those that pay at this age. */
  paying: number
  /** 0 to 6; null without a value. */
  bin: number | null
  isFew: boolean
  /** Its month is still in progress. */
  isPartial: boolean
}

export interface CohortRow {
  /** First paid month; null for all cohorts together. */
  month: string | null
  accounts: number
  /** MRR at age 0; null where a rate is missing. */
  opening: { amount: string; currency: string } | null
  reason: UndefinedReason | null
  cells: CohortCell[]
}

export interface CohortModel {
  /** All cohorts together, then each, oldest first. */
  rows: CohortRow[]
  ages: number
  /** Heights that the curves are drawn between, and are named. */
  ticks: number[]
}

/** Lowest whole per cents of each bin after the first. NRR parts at 100. */
const EDGES = { nrr: [70, 85, 100, 101, 116, 131], grr: [50, 70, 80, 90, 95, 100] } as const

/** A ratio as narrow cells show it; its bin follows this, so that no colour contradicts its figure. */
export const wholePercent = (ratio: number): number => Math.round(Number((ratio * 100).toPrecision(12)))

/** Which of seven bins a ratio falls into: the same for every tenant and range, so that pictures compare. */
export function binOf(metric: CohortMetric, ratio: number): number {
  return EDGES[metric].filter((edge) => wholePercent(ratio) >= edge).length
}

function rowOf(cohort: Cohort, metric: CohortMetric, accountsAt: (age: number) => number, lastPartial: number) {
  const cells = cohort[metric].map((value, age): CohortCell => {
    const accounts = accountsAt(age)
    const ratio = value === null ? null : Number(value)
    return {
      age,
      value,
      ratio,
      reason: value === null ? (cohort.reason ?? 'NO_RATE') : null,
      accounts,
      paying: cohort.paying[age] ?? 0,
      bin: ratio === null ? null : binOf(metric, ratio),
      isFew: ratio !== null && accounts < FEW,
      isPartial: age >= lastPartial,
    }
  })
  const { month, accounts, opening, reason } = cohort
  return { month, accounts, opening, reason, cells }
}

/** Round heights from below the least to above the greatest ratio. Of ratios that never move, GRR has room below, NRR above. */
function ticksOf(rows: readonly CohortRow[], metric: CohortMetric): number[] {
  const ratios = rows.flatMap(({ cells }) => cells.flatMap(({ ratio }) => ratio ?? []))
  const [low, high] = [Math.min(1, ...ratios), Math.max(1, ...ratios)]
  const step = niceStep(Math.max(high - low, 0.1), 3)
  const [floor, ceiling] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  const first = floor === ceiling && metric === 'grr' ? floor - 1 : floor
  const last = Math.max(ceiling, first + 1)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** The triangle: what all cohorts kept, then each cohort that has reached its first close. */
export function cohortModel({ cohorts, total, completeness }: Cohorts, metric: CohortMetric): CohortModel {
  const reached = cohorts.filter(({ nrr }) => nrr.length > 0)
  const isPartial = completeness === 'PARTIAL'
  const newest = reached
    .map(({ month, nrr }) => (month ? addMonths(month, nrr.length - 1) : ''))
    .sort()
    .at(-1)
  const behind = (age: number) => reached.reduce((sum, { nrr, accounts }) => sum + (nrr.length > age ? accounts : 0), 0)
  // What is in progress is the newest close: the last age of each cohort that has come to it, and so every age of the total.
  const lastPartialOf = ({ month, nrr }: Cohort) =>
    isPartial && month && addMonths(month, nrr.length - 1) === newest ? nrr.length - 1 : Number.POSITIVE_INFINITY
  const rows = [
    rowOf(total, metric, behind, isPartial ? 0 : Number.POSITIVE_INFINITY),
    ...reached.map((cohort) => rowOf(cohort, metric, () => cohort.accounts, lastPartialOf(cohort))),
  ]
  return { rows, ages: Math.max(0, ...rows.map(({ cells }) => cells.length)), ticks: ticksOf(rows, metric) }
}
