import type { ExpansionStrategy, Waterfall, WaterfallStep, WaterfallStepKey } from '@nobishiro/sdk'
import { aMoney } from './money.ts'

export interface WaterfallOptions {
  population?: 'ALL' | 'COHORT'
  opening?: number
  changes: Partial<Record<WaterfallStepKey, number>>
  /** Parts of EXPANSION. */
  strategies?: Partial<Record<ExpansionStrategy, number>>
  currency?: string
  names?: string[]
  completeness?: Waterfall['completeness']
  /** Why there is no bridge. */
  reason?: Waterfall['reason']
}

const ALL: WaterfallStepKey[] = ['NEW', 'EXPANSION', 'REACTIVATION', 'CONTRACTION', 'CHURN', 'FX']
const COHORT: WaterfallStepKey[] = ['EXPANDED', 'CONTRACTED', 'LOST']

function anAccount(name: string) {
  return { id: `id:${name}`, externalId: name.toLowerCase(), name }
}

/** A waterfall whose closing is what its changes make of the opening. */
export function aWaterfall(options: WaterfallOptions): Waterfall {
  const {
    population = 'ALL',
    opening = 842_000,
    changes,
    strategies = {},
    currency = 'USD',
    completeness = 'COMPLETE',
    reason = null,
  } = options
  const names = options.names ?? ['Aozora', 'Kitahama Foods', 'Northwind']
  const step = (key: WaterfallStepKey, amount: number, accounts: number): WaterfallStep => ({
    key,
    amount: aMoney(amount, currency),
    accounts,
    strategies:
      key === 'EXPANSION'
        ? Object.entries(strategies).map(([strategy, part]) => ({
            strategy: strategy as ExpansionStrategy,
            amount: aMoney(part, currency),
          })) // keys of a record of strategies
        : [],
    topAccounts:
      key === 'OPENING' || key === 'CLOSING'
        ? []
        : names.map((name, index) => ({
            account: anAccount(name),
            amount: aMoney((amount * (0.3 - index * 0.08)) | 0, currency),
            seatsBefore: 3 + index * 9,
            seatsAfter: 50 + index * 23,
          })),
  })
  const keys = population === 'ALL' ? ALL : COHORT
  const flows = keys.map((key, index) => step(key, changes[key] ?? 0, changes[key] ? 12 + index * 7 : 0))
  const closing = opening + keys.reduce((sum, key) => sum + (changes[key] ?? 0), 0)
  const ratio = (value: number) => (opening === 0 ? null : String(value / opening))
  return {
    population,
    period: { start: '2026-10-01', end: '2026-11-01' },
    steps: reason ? [] : [step('OPENING', opening, 388), ...flows, step('CLOSING', closing, 401)],
    opening: aMoney(opening, currency),
    closing: aMoney(closing, currency),
    accounts: 388,
    nrr: population === 'COHORT' ? ratio(closing) : null,
    grr: population === 'COHORT' ? ratio(opening + (changes.CONTRACTED ?? 0) + (changes.LOST ?? 0)) : null,
    reason,
    reconciles: true,
    difference: aMoney(0, currency),
    completeness,
    definition: 'nobishiro/1',
    view: 'NOBISHIRO',
    asOf: '2026-11-22T03:00:00Z',
    version: '48213',
  }
}
