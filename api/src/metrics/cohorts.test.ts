import fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { naiveAccounts, naiveSlice } from '../facts/testing/naive.ts'
import { randomLedger, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { cohorts } from './cohorts.ts'
import { evaluate } from './evaluate.ts'
import { storeOf } from './testing/plain.ts'

const changes: Change[] = [
  ['a', '2024-10-05', 100],
  ['a', '2024-11-05', 50],
  ['b', '2024-10-25', 100],
  ['b', '2024-12-05', -100],
  ['c', '2024-11-05', 40],
  ['c', '2024-12-05', -10],
]
const range = { start: monthOf('2024-09-01'), end: monthOf('2025-01-01') }

it('follows the accounts of each first paid month, with and without growth', () => {
  const store = aStore({ changes })
  const found = cohorts(store, { scope: everyAccount(store), now: NOW, range })
  expect(found.cohorts.map(({ nrr }) => nrr)).toEqual([
    [null, null, null, null],
    ['1', '1.25', '0.75'],
    ['1', '0.75'],
    [null],
  ])
  expect(found.cohorts.map(({ grr }) => grr)).toEqual([
    [null, null, null, null],
    ['1', '1', '0.5'],
    ['1', '0.75'],
    [null],
  ])
  expect(found.cohorts.map(({ paying, accounts }) => [accounts, paying])).toEqual([
    [0, [0, 0, 0, 0]],
    [2, [2, 2, 1]],
    [1, [1, 1]],
    [0, [0]],
  ])
  expect(found.cohorts.map(({ opening, reason }) => [opening, reason])).toEqual([
    [0n, 'NO_OPENING_MRR'],
    [200n, null],
    [40n, null],
    [0n, 'NO_OPENING_MRR'],
  ])
  // Age 1: 250 + 30 of 240; age 2 is reached by October alone.
  expect([found.total.nrr, found.total.grr]).toEqual([
    ['1', '1.166666666667', '0.75', null],
    ['1', '0.958333333333', '0.5', null],
  ])
})

it('an account that left and came back is of the month that it first paid in', () => {
  const store = aStore({
    changes: [
      ['a', '2024-10-05', 100],
      ['a', '2024-11-05', -100],
      ['a', '2024-12-05', 300],
    ],
  })
  const [september, october] = cohorts(store, { scope: everyAccount(store), now: NOW, range }).cohorts
  expect(september?.accounts).toBe(0)
  expect([october?.nrr, october?.grr]).toEqual([
    ['1', '0', '3'],
    ['1', '0', '1'],
  ])
})

it('is at the rates of age 0; without them it says so', () => {
  const euro: Change[] = [['a', '2024-10-05', 100, { currency: 'EUR' }]]
  const ask = (day: string) => {
    const store = aStore({ changes: euro, rates: [{ currency: 'EUR', day, rate: '2', per: '1' }] })
    return cohorts(store, { scope: everyAccount(store), now: NOW, range }).cohorts[1]
  }
  expect(ask('2024-10-31')).toMatchObject({ nrr: ['1', '1', '1'], opening: 200n, reason: null })
  expect(ask('2024-12-31')).toMatchObject({ nrr: [null, null, null], opening: null, reason: 'NO_RATE' })
})

it('is the plain definition on random ledgers', () => {
  fc.assert(
    fc.property(randomLedger, randomScope, randomWhere, (ledger, ids, where) => {
      const store = storeOf(ledger)
      const last = monthOf('2024-12-01')
      const asked = { start: monthOf('2023-01-01'), end: monthOf('2024-07-01') }
      const found = cohorts(store, { scope: accountsOf(store, ids), now: NOW, where, range: asked })
      const paidBy = new Map(
        naiveAccounts(ledger, ids, where).map((account) => {
          const { slice, product } = naiveSlice(ledger, account, where)
          const level = (rows: typeof slice, month: number) =>
            rows.filter((row) => row.month <= month).reduce((sum, row) => sum + Number(row.amountMinor), 0)
          const months = slice.map(({ month }) => month).filter((month) => level(slice, month) > 0)
          return [account.id, { first: Math.min(...months), at: (month: number) => level(product, month) }] as const
        }),
      )
      for (const { month, accounts, opening, nrr, grr, paying } of found.cohorts) {
        const own = [...paidBy.values()].filter(({ first }) => first === month)
        const base = own.reduce((sum, { at }) => sum + at(month), 0)
        expect([accounts, Number(opening)]).toEqual([own.length, base])
        expect(nrr).toHaveLength(last - month + 1)
        nrr.forEach((value, age) => {
          const now = own.reduce((sum, { at }) => sum + at(month + age), 0)
          const kept = own.reduce((sum, { at }) => sum + Math.min(at(month + age), at(month)), 0)
          expect(paying[age]).toBe(own.filter(({ at }) => at(month + age) > 0).length)
          if (base === 0) {
            expect(value).toBe(null)
            return
          }
          expect(Number(value)).toBeCloseTo(now / base, 10)
          expect(Number(grr[age])).toBeCloseTo(kept / base, 10)
        })
      }
    }),
    { numRuns: 100 },
  )
})

it('is at the ages of its windows what NRR and GRR say of its accounts', () => {
  fc.assert(
    fc.property(randomLedger, randomScope, fc.constantFrom(1, 3, 12), (ledger, ids, window) => {
      const store = storeOf(ledger)
      const query = { scope: accountsOf(store, ids), now: NOW }
      const asked = { start: monthOf('2023-01-01'), end: monthOf('2024-07-01') }
      for (const { month, accounts, nrr, grr } of cohorts(store, { ...query, range: asked }).cohorts) {
        const at = month + window
        if (accounts === 0 || nrr[window] === undefined) continue
        const [net, gross] = evaluate(store, {
          ...query,
          keys: ['nrr', 'grr'],
          window,
          range: { start: at, end: at + 1 },
          where: { cohort: [month] },
        })
        expect([net?.values[0]?.value, gross?.values[0]?.value]).toEqual([nrr[window], grr[window]])
      }
    }),
    { numRuns: 60 },
  )
})
