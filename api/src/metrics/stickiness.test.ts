import fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW, type Told } from '../facts/testing/a-store.ts'
import { naiveAccounts, naiveLevelOf, naiveMovements } from '../facts/testing/naive.ts'
import { randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { randomObserved } from '../facts/testing/random-observed.ts'
import { evaluate } from './evaluate.ts'
import { stickiness } from './stickiness.ts'
import { storeOf } from './testing/plain.ts'

const integration = (account: string, name: string, day: string, held = 1): Told => [
  account,
  day,
  'INTEGRATION',
  name,
  held,
]
const changes: Change[] = [
  ['none', '2024-01-05', 100],
  ['none', '2024-11-05', -100],
  ['two', '2024-01-05', 100],
  ['two', '2024-11-05', 50],
]
const told = [
  integration('two', 'chat', '2024-09-05'),
  integration('two', 'mail', '2024-10-31'),
  // Told in the month itself: not there at its opening.
  integration('two', 'files', '2024-11-01'),
]
const november = { start: monthOf('2024-11-01'), end: monthOf('2024-12-01') }
const ask = (told: Told[], range = november) => {
  const store = aStore({ changes, told })
  return stickiness(store, { scope: everyAccount(store), now: NOW, by: 'INTEGRATIONS', range })
}

it('groups accounts by what they had in use when the month opened', () => {
  const found = ask(told)
  expect(found.atLeast).toEqual([0, 1, 2, 3, 4, 5])
  expect(found.openings).toEqual([1, 0, 1, 0, 0, 0])
  expect([found.churned, found.churnRate]).toEqual([
    [1, 0, 0, 0, 0, 0],
    ['1', null, '0', null, null, null],
  ])
  expect(found.expansionRate).toEqual(['0', null, '0.5', null, null, null])
  expect([found.openingMrr[2], found.expansionMrr[2], found.churnedMrr[0]]).toEqual([100n, 50n, 100n])
})

it('an account moves from group to group as it connects and disconnects', () => {
  const range = { start: monthOf('2024-09-01'), end: monthOf('2025-01-01') }
  const found = ask([...told, integration('two', 'mail', '2024-11-15', 0)], range)
  // two: September 0, October 1, November 2, December 2 (chat and files); none: September to November.
  expect(found.openings).toEqual([4, 1, 2, 0, 0, 0])
})

it('says why there is nothing to compare', () => {
  expect([ask([]).reason, ask([]).atLeast]).toEqual(['NO_USAGE', []])
  expect(ask(told, { start: monthOf('2023-01-01'), end: monthOf('2023-02-01') }).reason).toBe('NO_OPENING_MRR')
})

it('is the plain definition, and its groups add to churn and expansion of the same months', () => {
  fc.assert(
    fc.property(
      randomObserved,
      randomScope,
      randomWhere,
      randomRange,
      fc.constantFrom('FEATURES', 'INTEGRATIONS'),
      (ledger, ids, where, range, by) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, ids), now: NOW, where, range }
        const found = stickiness(store, { ...query, by })
        const kind = by === 'FEATURES' ? 'FEATURE' : 'INTEGRATION'
        const accounts = naiveAccounts(ledger, ids, where).map(({ id }) => id)
        const rows = (ledger.observed ?? []).filter((row) => row.kind === kind && accounts.includes(row.accountId))
        expect(found.reason === 'NO_USAGE').toBe(rows.length === 0)
        if (rows.length === 0) return
        const groupOf = (account: string, month: number) =>
          ['x', 'y', 'z'].filter((name) => {
            const own = rows.filter((row) => row.accountId === account && row.name === name && row.month < month)
            return own.sort((a, b) => a.month - b.month || a.day - b.day).at(-1)?.amount === 1
          }).length
        const naive = { openings: [0, 0, 0, 0, 0, 0], churned: [0, 0, 0, 0, 0, 0], grown: [0, 0, 0, 0, 0, 0] }
        for (let month = range.start; month < range.end; month += 1) {
          for (const [account, level] of naiveLevelOf(ledger, ids, where, month - 1))
            if (level > 0) naive.openings[groupOf(account, month)]! += 1
          for (const { account, kind: named, change } of naiveMovements(ledger, ids, where, month, month + 1)) {
            if (named === 'CHURN') naive.churned[groupOf(account, month)]! += 1
            if (named === 'EXPANSION') naive.grown[groupOf(account, month)]! += change
          }
        }
        expect(found.openings).toEqual(naive.openings)
        expect(found.churned).toEqual(naive.churned)
        expect(found.expansionMrr.map(Number)).toEqual(naive.grown.map((one) => one + 0))
        const [churn, expansion] = evaluate(store, { ...query, keys: ['churn', 'expansion'] })
        const sum = (list: (bigint | null)[]) => list.reduce<bigint>((total, one) => total + (one ?? 0n), 0n)
        expect([sum(found.churnedMrr), sum(found.expansionMrr)]).toEqual([churn?.total?.minor, expansion?.total?.minor])
      },
    ),
    { numRuns: 100 },
  )
})
