import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, NOW } from '../facts/testing/a-store.ts'
import { seatGrowth } from './seat-growth.ts'

const RANGE = { start: monthOf('2024-10-01'), end: monthOf('2025-01-01') }
const store = aStore({
  changes: [
    ['aozora', '2024-02-05', 300, { seats: 3 }],
    ['aozora', '2024-11-05', 4700, { seats: 47 }],
    ['kumo', '2024-10-05', 900, { seats: 10, plan: 'core-pro' }],
    ['kumo', '2024-12-05', -90, { seats: -1, plan: 'core-pro' }],
    ['free', '2024-10-05', 0, { seats: 100, plan: 'core-free' }],
    ['left', '2024-01-05', 900, { seats: 9 }],
    ['left', '2024-05-05', -900, { seats: -9 }],
  ],
  usage: [
    { accountId: 'aozora', month: monthOf('2024-11-01'), metric: 'active_seats', quantity: 20 },
    { accountId: 'aozora', month: monthOf('2024-11-01'), metric: 'assigned_seats', quantity: 45 },
    { accountId: 'aozora', month: monthOf('2024-12-01'), metric: 'active_seats', quantity: 44 },
    { accountId: 'kumo', month: monthOf('2024-12-01'), metric: 'active_seats', quantity: 5 },
    { accountId: 'kumo', month: monthOf('2024-12-01'), metric: 'active_seats', quantity: 7 },
  ],
})
const found = seatGrowth(store, { scope: everyAccount(store), now: NOW, range: RANGE })

it('steps purchased seats by plan, largest last value first', () => {
  expect(found.plans).toEqual([
    { planId: 'core-free', purchased: [100, 100, 100] },
    { planId: 'core-basic', purchased: [3, 50, 50] },
    { planId: 'core-pro', purchased: [10, 10, 9] },
  ])
  expect(found.purchased).toEqual([113, 160, 159])
})

it('takes the last report of each account, and is null in a month without reports', () => {
  expect(found.active).toEqual([null, 20, 51])
  expect(found.assigned).toEqual([null, 45, null])
})

it('lists who grew from the seats of the first paid close, and the multiple of all that still pay', () => {
  expect(found.landings.map(({ account, landed, now, multiple }) => [account.id, landed, now, multiple])).toEqual([
    ['aozora', 3, 50, '16.666666666667'],
  ])
  expect(found.landings[0]?.landedMonth).toBe(monthOf('2024-02-01'))
  expect(found.landAndExpand).toBe('4.538461538462')
})

it('without paying accounts has no multiple', () => {
  const empty = aStore()
  const nothing = seatGrowth(empty, { scope: everyAccount(empty), now: NOW })
  expect([nothing.landAndExpand, nothing.landings, nothing.purchased.length]).toEqual([null, [], 12])
})
