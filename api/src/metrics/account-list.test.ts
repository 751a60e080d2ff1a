import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, NOW } from '../facts/testing/a-store.ts'
import { accountFacts } from './account-list.ts'
import type { AccountFactsQuery } from './query.ts'

const store = aStore({
  changes: [
    ['s:aozora', '2024-01-05', 300, { seats: 3 }],
    ['s:aozora', '2024-09-05', 4700, { seats: 47 }],
    ['s:aozora', '2024-09-05', 100, { plan: 'chat-pro' }],
    ['s:big', '2023-01-05', 90000, { seats: 20 }],
    ['s:gone', '2023-01-05', 800, { seats: 8 }],
    ['s:gone', '2023-06-05', -800, { seats: -8 }],
    ['s:euro', '2024-01-05', 70, { currency: 'EUR' }],
  ],
  accounts: [
    { id: 's:aozora', name: 'あおぞら', region: 'JP' },
    { id: 's:big', name: 'Big Co 10', region: 'US' },
    { id: 's:gone', name: 'Big Co 9' },
    { id: 's:euro', name: 'Euro', region: 'EU' },
    { id: 's:free', name: 'Free', region: 'JP' },
  ],
})
const ask = (query: Partial<AccountFactsQuery> = {}) =>
  accountFacts(store, { scope: everyAccount(store), now: NOW, ...query })
const ids = (query: Partial<AccountFactsQuery> = {}) => ask(query).items.map(({ account }) => account.id.slice(2))

it('gives MRR, seats, first paid month and plans of now', () => {
  expect(ask({ where: { ids: ['s:aozora'] } }).items).toEqual([
    {
      account: { index: 0, id: 's:aozora' },
      minor: 5100n,
      currency: 'USD',
      seats: 50,
      firstPaidMonth: monthOf('2024-01-01'),
      plans: [
        { planId: 'core-basic', minor: 5000n },
        { planId: 'chat-pro', minor: 100n },
      ],
    },
  ])
})

it('an account that left holds nothing, one that never paid has no first month, one in another currency no amount', () => {
  const found = ask({
    where: { ids: ['s:gone', 's:free', 's:euro'] },
    orderBy: { field: 'NAME', direction: 'ASC' },
  }).items
  expect(found.map((one) => [one.account.id, one.minor, one.seats, one.firstPaidMonth, one.plans.length])).toEqual([
    ['s:gone', 0n, 0, monthOf('2023-01-01'), 0],
    ['s:euro', null, 0, monthOf('2024-01-01'), 1],
    ['s:free', 0n, 0, null, 0],
  ])
})

it.each<[string, Partial<AccountFactsQuery>, string[]]>([
  ['largest MRR first', {}, ['big', 'aozora', 'euro', 'gone', 'free']],
  [
    'names as people sort them',
    { orderBy: { field: 'NAME', direction: 'ASC' } },
    ['gone', 'big', 'euro', 'free', 'aozora'],
  ],
  ['most seats first', { orderBy: { field: 'SEATS' }, limit: 2 }, ['aozora', 'big']],
  ['most expansion of the last complete months first', { orderBy: { field: 'EXPANSION' }, limit: 1 }, ['aozora']],
  ['a search in the name, in any case', { where: { search: 'BIG co' } }, ['big', 'gone']],
  ['a search in the id', { where: { search: 's:fre' } }, ['free']],
  ['paying', { where: { paying: true } }, ['big', 'aozora', 'euro']],
  ['not paying', { where: { paying: false } }, ['gone', 'free']],
  ['by region', { where: { region: ['JP'] } }, ['aozora', 'free']],
  ['by plan held now', { where: { planId: ['chat-pro'] } }, ['aozora']],
  ['within the scope', { scope: accountsOf(store, ['s:gone', 'unknown']) }, ['gone']],
  ['a page', { offset: 1, limit: 2 }, ['aozora', 'euro']],
])('lists: %s', (_, query, expected) => {
  expect(ids(query)).toEqual(expected)
})

it('counts the whole list', () => {
  expect(ask({ limit: 1 }).total).toBe(5)
})
