import type { Cohorts } from '@nobishiro/sdk'
import { addMonths } from '../format/month.ts'
import { aMoney } from './money.ts'

export interface CohortsOptions {
  /** Cohorts, one a month, the last of them first paid in October 2026. */
  count?: number
  /** Accounts of each cohort, oldest first; those that are not named have some. */
  accounts?: number[]
  /** How a cohort's MRR grows in a month: 1.012 by default. */
  growth?: number
  currency?: string
  opening?: number
  completeness?: Cohorts['completeness']
  /** Cohorts whose first month has no exchange rate. */
  withoutRate?: number[]
}

/** A triangle whose total is recomputed from its cohorts, the same every time. */
export function aCohorts(options: CohortsOptions = {}): Cohorts {
  const { count = 12, growth = 1.012, currency = 'USD', opening = 24_000, completeness = 'COMPLETE' } = options
  const withoutRate = options.withoutRate ?? []
  const rows = Array.from({ length: count }, (_, index) => {
    const accounts = options.accounts?.[index] ?? 6 + ((index * 7) % 11)
    const base = withoutRate.includes(index) ? null : accounts * Math.round(opening / 10 + index * 37)
    const ages = Array.from({ length: count - index }, (_, age) => age)
    const wave = (age: number) => (age === 0 ? 0 : (((index * 5 + age * 3) % 9) - 4) * 0.012)
    const nrr = ages.map((age) => growth ** age + wave(age) + (index % 4 === 3 ? -0.03 * age : 0))
    const grr = ages.map((age) => Math.min(1, (nrr[age] ?? 1) - 0.012 * age))
    return { month: addMonths('2026-10-01', index + 1 - count), accounts, base, nrr, grr, ages }
  })
  const ratio = (value: number, base: number | null) => (base ? value.toFixed(12) : null)
  const over = (age: number, kind: 'nrr' | 'grr') => {
    const old = rows.filter(({ ages, base }) => ages.length > age && base)
    const base = old.reduce((sum, row) => sum + (row.base ?? 0), 0)
    return ratio(old.reduce((sum, row) => sum + (row.base ?? 0) * (row[kind][age] ?? 0), 0) / base, base)
  }
  const paying = (accounts: number, age: number) => Math.max(0, accounts - Math.floor(age / 4))
  const ages = rows[0]?.ages ?? []
  const reasonOf = (base: number | null) => (base === null ? 'NO_RATE' : base === 0 ? 'NO_OPENING_MRR' : null)
  return {
    cohorts: rows.map((row) => ({
      month: row.month,
      accounts: row.accounts,
      opening: row.base === null ? null : aMoney(row.base, currency),
      paying: row.ages.map((age) => paying(row.accounts, age)),
      nrr: row.nrr.map((value) => ratio(value, row.base)),
      grr: row.grr.map((value) => ratio(value, row.base)),
      reason: reasonOf(row.base),
    })),
    total: {
      month: null,
      accounts: rows.reduce((sum, { accounts }) => sum + accounts, 0),
      opening: aMoney(
        rows.reduce((sum, { base }) => sum + (base ?? 0), 0),
        currency,
      ),
      paying: ages.map((age) =>
        rows.reduce((sum, row) => sum + (row.ages.length > age ? paying(row.accounts, age) : 0), 0),
      ),
      nrr: ages.map((age) => over(age, 'nrr')),
      grr: ages.map((age) => over(age, 'grr')),
      reason: null,
    },
    completeness,
    definition: 'nobishiro/1',
    asOf: '2026-11-22T03:00:00Z',
    version: '48213',
  }
}
