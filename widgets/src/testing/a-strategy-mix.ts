import type { Completeness, ExpansionStrategy, StrategyMix } from '@nobishiro/sdk'
import { addMonths } from '../format/month.ts'
import { aMoney } from './money.ts'

/** As the API lists them. */
const STRATEGIES: ExpansionStrategy[] = [
  'UPSELL',
  'CROSS_SELL',
  'SEAT',
  'USAGE',
  'GEOGRAPHIC',
  'FEATURE',
  'CONTRACT_VALUE',
]

export interface StrategyMixOptions {
  currency?: string
  /** First day of each bucket. Default: the months that end with October 2026. */
  months?: string[]
  last?: Completeness
  confirmedShare?: string | null
}

/** Expansion by strategy from amounts in major units, one a period; strategies that are not named are nothing. */
export function aStrategyMix(
  parts: Partial<Record<ExpansionStrategy, number[]>>,
  { currency = 'USD', months, last = 'COMPLETE', confirmedShare = '0.824' }: StrategyMixOptions = {},
): StrategyMix {
  const count = months?.length ?? Math.max(0, ...Object.values(parts).map((amounts) => amounts.length))
  const buckets = months ?? Array.from({ length: count }, (_, index) => addMonths('2026-11-01', index - count))
  const strategies = STRATEGIES.map((strategy) => {
    const amounts = buckets.map((_, index) => parts[strategy]?.[index] ?? 0)
    return {
      strategy,
      amounts: amounts.map((amount) => aMoney(amount, currency)),
      total: aMoney(
        amounts.reduce((sum, amount) => sum + amount, 0),
        currency,
      ),
    }
  })
  return {
    months: buckets,
    strategies,
    total: aMoney(
      strategies.reduce((sum, { total }) => sum + Number(total.amount), 0),
      currency,
    ),
    confirmedShare,
    completeness: buckets.map((_, index) => (index === count - 1 ? last : 'COMPLETE')),
    definition: 'nobishiro/1',
    view: 'NOBISHIRO',
    asOf: '2026-11-22T03:00:00Z',
    version: '48213',
  }
}
