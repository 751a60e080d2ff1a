import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW, type Told } from '../facts/testing/a-store.ts'
import { capacityUse } from './capacity-use.ts'
import { evaluate } from './evaluate.ts'

const at = monthOf('2024-12-01')
const told: Told[] = [
  ['a', '2024-01-01', 'LIMIT', 'calls', 1000],
  ['a', '2024-11-30', 'USE', 'calls', 800],
  ['a', '2024-12-31', 'USE', 'calls', 900],
  ['b', '2024-01-01', 'LIMIT', 'calls', 1000],
  ['b', '2024-12-31', 'USE', 'calls', 100],
  ['b', '2024-01-01', 'LIMIT', 'seats', 10],
  ['c', '2024-01-01', 'LIMIT', 'calls', 1000],
]
const changes: Change[] = [['b', '2024-01-05', 900, { seats: 9 }]]
const store = aStore({ changes, told })
const query = { scope: everyAccount(store), now: NOW }

it('adds up use and limits of one metric at a time, of accounts whose use is known', () => {
  expect(capacityUse(store, { ...query, at }).metrics).toEqual([
    { name: 'calls', accounts: 2, used: 1000, limit: 2000, use: '0.5', ready: 1 },
    { name: 'seats', accounts: 1, used: 9, limit: 10, use: '0.9', ready: 1 },
  ])
})

it('names as many ready accounts as the metric counts, each once', () => {
  const [ready] = evaluate(store, { ...query, range: { start: at, end: at + 1 }, keys: ['capacityReady'] })
  expect([ready?.total?.numerator?.value, ready?.total?.denominator?.value]).toEqual(['2', '2'])
})

it('is empty where nothing is known', () => {
  expect(capacityUse(store, { ...query, at: monthOf('2023-06-01') }).metrics).toEqual([])
  expect(capacityUse(store, { ...query, at, where: { region: ['EU'] } }).metrics).toEqual([])
})
