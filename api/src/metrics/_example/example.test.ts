import { expect, it } from 'vitest'
import { newShare } from './example.ts'

// A registered metric is tested through the registry with a table of cases in words: see nrr/nrr.test.ts.
const period = {
  opening: 100,
  openingAccounts: 1,
  closing: 140,
  closingAccounts: 2,
  seats: 0,
  new: 10,
  expansion: 30,
  contraction: 0,
  churn: 0,
  reactivation: 0,
  fx: 0,
  churnedAccounts: 0,
  pending: 0,
  trial: 0,
}

it('is what new accounts brought over all that was gained', () => {
  const { numerator, denominator } = newShare.value(period)
  expect([numerator.amount, denominator?.amount]).toEqual([10n, 40n])
})

it('is not defined when nothing was gained', () => {
  expect(newShare.value({ ...period, new: 0, expansion: 0 }).undefinedBecause).toBe('NO_EXPANSION')
})
