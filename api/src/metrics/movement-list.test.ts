import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { movements } from './movement-list.ts'
import type { MovementQuery } from './query.ts'

const changes: Change[] = [
  ['a', '2024-01-05', 1000, { seats: 3 }],
  ['a', '2024-03-05', 4000, { strategy: 'SEAT', seats: 5 }],
  ['a', '2024-03-06', -500, { strategy: 'UPSELL' }],
  ['b', '2024-03-05', 9000],
  ['b', '2024-05-05', -2000, { strategy: 'SEAT', seats: -2 }],
  ['b', '2024-06-05', -7000],
  ['b', '2024-08-05', 100],
]
const store = aStore({ changes })
const ask = (query: Partial<MovementQuery> = {}) => movements(store, { scope: everyAccount(store), now: NOW, ...query })
const ids = (query: Partial<MovementQuery> = {}) => ask(query).items.map((one) => `${one.id} ${one.kind}`)

it('lists every movement, newest first', () => {
  expect(ids()).toEqual([
    'b@2024-08 REACTIVATION',
    'b@2024-06 CHURN',
    'b@2024-05 CONTRACTION',
    'b@2024-03 NEW',
    'a@2024-03 EXPANSION',
    'a@2024-01 NEW',
  ])
})

it('says what a movement is made of', () => {
  const [one] = ask({ where: { accountIds: ['a'], kinds: ['EXPANSION'] } }).items
  expect(one).toMatchObject({
    minor: 3500n,
    change: 3500n,
    opening: 1000n,
    closing: 4500n,
    seatsChange: 5,
    completeness: 'COMPLETE',
  })
  expect(one?.strategyParts).toEqual([
    { strategy: 'UPSELL', minor: -500n },
    { strategy: 'SEAT', minor: 4000n },
  ])
})

it('a loss has a positive amount and a negative change, and only rises and falls carry strategies', () => {
  const rows = ask({ where: { accountIds: ['b'] }, orderBy: { field: 'MONTH', direction: 'ASC' } }).items
  expect(rows.map((one) => [one.kind, one.minor, one.change, one.strategyParts.length])).toEqual([
    ['NEW', 9000n, 9000n, 0],
    ['CONTRACTION', 2000n, -2000n, 1],
    ['CHURN', 7000n, -7000n, 0],
    ['REACTIVATION', 100n, 100n, 0],
  ])
})

it.each<[string, Partial<MovementQuery>, string[]]>([
  [
    'by range',
    { where: { range: { start: monthOf('2024-05-01'), end: monthOf('2024-07-01') } } },
    ['b@2024-06 CHURN', 'b@2024-05 CONTRACTION'],
  ],
  ['by kind', { where: { kinds: ['CHURN', 'REACTIVATION'] } }, ['b@2024-08 REACTIVATION', 'b@2024-06 CHURN']],
  ['by strategy, a part is enough', { where: { strategies: ['UPSELL'] } }, ['a@2024-03 EXPANSION']],
  ['an empty list matches nothing', { where: { kinds: [] } }, []],
  ['by scope', { scope: accountsOf(store, ['a']) }, ['a@2024-03 EXPANSION', 'a@2024-01 NEW']],
  ['by amount', { orderBy: { field: 'AMOUNT' }, limit: 2 }, ['b@2024-03 NEW', 'b@2024-06 CHURN']],
  [
    'by amount, smallest first',
    { orderBy: { field: 'AMOUNT', direction: 'ASC' }, limit: 2 },
    ['b@2024-08 REACTIVATION', 'a@2024-01 NEW'],
  ],
  ['a page', { offset: 4, limit: 3 }, ['a@2024-03 EXPANSION', 'a@2024-01 NEW']],
])('filters and orders: %s', (_, query, expected) => {
  expect(ids(query)).toEqual(expected)
})

it('totals cover the whole list, not the page, and count an account once a kind', () => {
  const page = ask({ limit: 1 })
  expect([page.items.length, page.total]).toEqual([1, 6])
  expect(page.totals).toEqual([
    { kind: 'NEW', minor: 10000n, accounts: 2 },
    { kind: 'EXPANSION', minor: 3500n, accounts: 1 },
    { kind: 'CONTRACTION', minor: 2000n, accounts: 1 },
    { kind: 'CHURN', minor: 7000n, accounts: 1 },
    { kind: 'REACTIVATION', minor: 100n, accounts: 1 },
  ])
})

it('refuses to add currencies without a rate', () => {
  const mixed = aStore({ changes: [...changes, ['c', '2024-01-05', 5, { currency: 'EUR' }]] })
  expect(() => movements(mixed, { scope: everyAccount(mixed), now: NOW })).toThrow('There is no exchange rate to USD')
})
