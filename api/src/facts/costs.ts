import { type CostRules, costRulesFrom, NO_COST_RULES } from '../ledger/costs.ts'
import { parseDecimal, type Rational, rational } from '../shared/rational.ts'
import type { Month } from './month.ts'

/** What a tenant says of its costs, exact. */
export type Costs = {
  /** Of revenue; null while nobody has said. */
  grossMargin: Rational | null
  /** Months from spending to what it gains. */
  lag: number
  /** The share of a category that goes into expansion, the rest into new business; null for one that is not allocated. */
  expansionShareOf: (category: string) => Rational | null
}

/** Money spent in a month on a category, in minor units of its currency by code. */
export type SpendRow = { month: Month; category: string; currency: number; amount: number }

/** Categories whose name says what they are for. */
const OWN: Record<string, Rational> = { expansion: rational(1n), new: rational(0n) }

/** `said` as a setting stands in the inbox; what holds without one where nobody has said anything. */
export function costsOf(said: unknown = NO_COST_RULES): Costs {
  const { grossMargin, lag, expansionShare }: CostRules = costRulesFrom(said)
  const shares = new Map(Object.entries(expansionShare).map(([category, share]) => [category, parseDecimal(share)]))
  return {
    grossMargin: grossMargin === null ? null : parseDecimal(grossMargin),
    lag,
    expansionShareOf: (category) => shares.get(category) ?? OWN[category.toLowerCase()] ?? null,
  }
}
