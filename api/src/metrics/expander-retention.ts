import type { Store } from '../facts/column-store.ts'
import { type Life, livesOf } from '../facts/lives.ts'
import type { Month } from '../facts/month.ts'
import type { ExpanderRetention, RetentionComparison, RetentionCurve } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { firstRevenueMonth, lastCompleteMonth } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import { type FactQuery, settle } from './question.ts'
import { mantelByar, type RiskTable, riskTable, simonMakuch } from './survival.ts'

export type ExpanderRetentionQuery = Omit<FactQuery, 'view'> & {
  /** The last complete month when absent. */
  at?: Month | undefined
}

/** Ages at which the state is fixed. */
const LANDMARKS = [6, 12] as const

/**
 * Whether accounts that have expanded stay longer. Expansion is a state that an account enters: what it is at each month's opening counts,
 * never what it becomes later. The event is the first close at zero; accounts that paid when the data begins are left out.
 */
export function expanderRetention(store: Store, query: ExpanderRetentionQuery): ExpanderRetention {
  const question = settle(store, query)
  const at = query.at ?? lastCompleteMonth(store, query.now)
  checkRange({ start: at, end: at + 1 })
  const all = livesOf(question.slice, at)
  const begin = firstRevenueMonth(store, query.scope) ?? at
  const isWhole = ({ account, month }: Life) => month > begin || store.accounts.signedUp[account] === month
  const lives = (all ?? []).filter(isWhole)
  const ages = Math.max(0, ...lives.map(({ until }) => until)) + 1
  const months = Array.from({ length: Math.max(at - begin + 1, 1) }, (_, back) => at - back).reverse()
  return {
    at,
    accounts: lives.length,
    truncated: (all ?? []).length - lives.length,
    ...compared(stateAtOpenings(lives, ages)),
    landmarks: LANDMARKS.map((age) => {
      const alive = lives.filter(({ until, left }) => until > age || (until === age && !left))
      const expanded = alive.filter((life) => life.expanded <= age)
      return {
        age,
        expandedAccounts: expanded.length,
        otherAccounts: alive.length - expanded.length,
        ...compared(stateAtLandmark(alive, age, ages)),
      }
    }),
    reason: all === null ? 'NO_RATE' : lives.length === 0 ? 'NOT_ENOUGH_HISTORY' : null,
    completeness: standingOf(question, months).completeness,
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}

/** A month of age k opens at the close of k - 1: who had expanded by then is in the expanded group for that month. */
function stateAtOpenings(lives: readonly Life[], ages: number): RiskTable {
  const table = riskTable(ages)
  for (const { until, left, expanded } of lives) {
    for (let age = 1; age <= until; age += 1) table.atRisk[expanded < age ? 1 : 0][age]! += 1
    if (left) table.events[expanded < until ? 1 : 0][until]! += 1
  }
  return table
}

function stateAtLandmark(alive: readonly Life[], landmark: number, ages: number): RiskTable {
  const table = riskTable(ages)
  for (const { until, left, expanded } of alive) {
    const group = expanded <= landmark ? 1 : 0
    for (let age = landmark + 1; age <= until; age += 1) table.atRisk[group][age]! += 1
    if (left) table.events[group][until]! += 1
  }
  return table
}

function compared(table: RiskTable): RetentionComparison {
  const { observed, expected, variance, chiSquare, pValue } = mantelByar(table)
  return {
    expanded: curveOf(table, 1),
    others: curveOf(table, 0),
    test: {
      observed,
      expected: decimal(expected),
      variance: decimal(variance),
      chiSquare: chiSquare === null ? null : decimal(chiSquare),
      pValue: pValue === null ? null : decimal(pValue),
    },
  }
}

function curveOf(table: RiskTable, group: 0 | 1): RetentionCurve {
  const { from, survival, lower, upper } = simonMakuch(table, group)
  const shown = (list: readonly (number | null)[]) => list.map((value) => (value === null ? null : decimal(value)))
  return {
    from,
    atRisk: [...table.atRisk[group]],
    events: [...table.events[group]],
    survival: shown(survival),
    lower: shown(lower),
    upper: shown(upper),
  }
}

/** Estimates are no sums of money: twelve decimals of a floating point number. */
const decimal = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '')
