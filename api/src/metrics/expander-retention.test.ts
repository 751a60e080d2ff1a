import fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { naiveAccounts, naiveMovements, naiveSlice } from '../facts/testing/naive.ts'
import { randomScope } from '../facts/testing/random-ledger.ts'
import { randomObserved } from '../facts/testing/random-observed.ts'
import { expanderRetention } from './expander-retention.ts'
import { storeOf } from './testing/plain.ts'

const at = monthOf('2024-12-01')
/** Somebody pays before all others, so that these have a beginning. */
const before: Change = ['before', '2023-01-05', 100]
const ask = (changes: readonly Change[], last = at) => {
  const store = aStore({ changes: [before, ...changes] })
  return expanderRetention(store, { scope: everyAccount(store), now: NOW, at: last })
}

it('takes expansion as it is when a month opens, and the first close at zero as the end', () => {
  const found = ask([
    // Grows in its third month, leaves in its fifth, and comes back: that is not followed.
    ['grows', '2024-06-05', 100],
    ['grows', '2024-08-05', 50],
    ['grows', '2024-10-05', -150],
    ['grows', '2024-12-05', 100],
    // Never grows, still there.
    ['stays', '2024-10-05', 100],
    // Never grows, leaves in its second month.
    ['leaves', '2024-06-05', 100],
    ['leaves', '2024-07-05', -100],
  ])
  expect([found.accounts, found.truncated]).toEqual([3, 1])
  // Age 1: all three; age 2: grows and stays, neither has expanded at the opening; age 3 and 4: grows has.
  expect(found.others.atRisk).toEqual([0, 3, 2, 0, 0])
  expect(found.others.events).toEqual([0, 1, 0, 0, 0])
  expect(found.expanded.atRisk).toEqual([0, 0, 0, 1, 1])
  expect(found.expanded.events).toEqual([0, 0, 0, 0, 1])
  expect(found.expanded.survival).toEqual([null, null, null, null, null])
  expect(found.test.observed).toBe(1)
})

it('does not know what expands in the month that it leaves in, nor what expands later', () => {
  const found = ask([
    ['a', '2024-06-05', 100],
    ['a', '2024-08-05', 50],
    ['a', '2024-09-05', -150],
  ])
  expect(found.expanded.events).toEqual([0, 0, 0, 1])
  const early = ask(
    [
      ['a', '2024-06-05', 100],
      ['a', '2024-08-05', 50],
    ],
    monthOf('2024-08-01'),
  )
  expect([early.others.atRisk, early.expanded.atRisk]).toEqual([
    [0, 1, 1],
    [0, 0, 0],
  ])
})

it('leaves out who paid when the data begins, unless it signed up then', () => {
  const changes: Change[] = [
    ['a', '2024-06-05', 100],
    ['b', '2024-06-05', 100],
  ]
  const store = aStore({
    changes,
    accounts: [
      { id: 'a', signedUpOn: '2024-06-02' },
      { id: 'b', signedUpOn: '2024-05-02' },
    ],
  })
  const found = expanderRetention(store, { scope: everyAccount(store), now: NOW, at })
  expect([found.accounts, found.truncated]).toEqual([1, 1])
  const empty = aStore()
  const none = expanderRetention(empty, { scope: everyAccount(empty), now: NOW, at })
  expect(none).toMatchObject({ accounts: 0, truncated: 0, reason: 'NOT_ENOUGH_HISTORY' })
})

it('shows curves from ten at risk on, and compares at landmarks who still pays then', () => {
  const many = (name: string, count: number, rows: (id: string) => Change[]) =>
    Array.from({ length: count }, (_, index) => rows(`${name}${index}`)).flat()
  const found = ask([
    ...many('grows', 12, (id) => [
      [id, '2023-10-05', 100],
      [id, '2024-01-05', 50],
    ]),
    ...many('stays', 12, (id) => [[id, '2023-10-05', 100]]),
    ...many('leaves', 12, (id) => [
      [id, '2023-10-05', 100],
      [id, '2024-06-05', -100],
    ]),
    ...many('early', 4, (id) => [
      [id, '2023-10-05', 100],
      [id, '2023-12-05', -100],
    ]),
  ])
  expect([found.others.from, found.expanded.from]).toEqual([1, 4])
  expect(found.others.survival.slice(0, 3)).toEqual([null, '1', '0.9'])
  expect(found.others.survival[8]).toBe('0.45')
  expect(found.expanded.survival.slice(3, 6)).toEqual([null, '1', '1'])
  expect(Number(found.test.pValue)).toBeLessThan(0.01)
  const [six, twelve] = found.landmarks
  expect(six).toMatchObject({ age: 6, expandedAccounts: 12, otherAccounts: 24 })
  expect([six?.others.survival[7], six?.others.survival[8], six?.expanded.survival[8]]).toEqual(['1', '0.5', '1'])
  expect(twelve).toMatchObject({ age: 12, expandedAccounts: 12, otherAccounts: 12 })
  expect(twelve?.test.chiSquare).toBe(null)
})

it('a missing rate that hides whether one grew says so', () => {
  const found = ask([
    ['a', '2024-06-05', 100, { currency: 'EUR' }],
    ['a', '2024-08-05', 50, { currency: 'EUR' }],
  ])
  expect([found.reason, found.accounts]).toEqual(['NO_RATE', 0])
})

it('is what person-months, gone through one by one in fractions, give', () => {
  fc.assert(
    fc.property(randomObserved, randomScope, (ledger, ids) => {
      const store = storeOf(ledger)
      const last = monthOf('2024-07-01')
      const found = expanderRetention(store, { scope: accountsOf(store, ids), now: NOW, at: last })
      const rows = naiveAccounts(ledger, ids, {}).map((account) => {
        const { all } = naiveSlice(ledger, account, {})
        const level = (month: number) =>
          all.filter((row) => row.month <= month).reduce((sum, row) => sum + Number(row.amountMinor), 0)
        const paid = all.map(({ month }) => month).filter((month) => month <= last && level(month) > 0)
        return { account, first: Math.min(...paid), level }
      })
      const everPaid = naiveAccounts(ledger, ids, {}).flatMap((account) => {
        const { all } = naiveSlice(ledger, account, {})
        const level = (month: number) =>
          all.filter((row) => row.month <= month).reduce((sum, row) => sum + Number(row.amountMinor), 0)
        return all.map(({ month }) => month).filter((month) => level(month) > 0)
      })
      const begin = Math.min(...everPaid)
      const known = rows.filter(({ first, account }) => {
        if (!Number.isFinite(first)) return false
        const [year, month] = (account.signedUpOn ?? '0-0').split('-').map(Number) as [number, number]
        return first > begin || year * 12 + month - 1 === first
      })
      expect(found.accounts).toBe(known.length)
      // Sums over ages of fractions of whole numbers, each as a pair.
      let [observed, expected, variance] = [0, 0, 0]
      for (let age = 1; age <= last; age += 1) {
        const inMonth = known.filter(({ first, level }) => {
          if (first + age > last) return false
          for (let month = first; month < first + age; month += 1) if (level(month) === 0) return false
          return true
        })
        if (inMonth.length === 0) break
        const hasGrown = ({ account, first }: (typeof known)[number]) =>
          naiveMovements(ledger, [account.id], {}, first, first + age).some(({ kind }) => kind === 'EXPANSION')
        const grown = inMonth.filter(hasGrown)
        const gone = inMonth.filter(({ first, level }) => level(first + age) === 0)
        const size = inMonth.length
        expect([found.others.atRisk[age], found.expanded.atRisk[age]]).toEqual([size - grown.length, grown.length])
        expect(found.expanded.events[age]).toBe(gone.filter(hasGrown).length)
        expect(found.others.events[age]).toBe(gone.filter((one) => !hasGrown(one)).length)
        observed += gone.filter(hasGrown).length
        expected += (gone.length * grown.length) / size
        if (size > 1)
          variance +=
            (gone.length * (grown.length / size) * (1 - grown.length / size) * (size - gone.length)) / (size - 1)
      }
      expect(found.test.observed).toBe(observed)
      expect(Number(found.test.expected)).toBeCloseTo(expected, 10)
      expect(Number(found.test.variance)).toBeCloseTo(variance, 10)
    }),
    { numRuns: 100 },
  )
})
