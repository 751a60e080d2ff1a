import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { strategyMix } from './strategy-mix.ts'

const RANGE = { start: monthOf('2024-01-01'), end: monthOf('2025-01-01') }
const plans = [
  { id: 'core-basic', productId: 'core', confirmed: true },
  { id: 'chat-basic', productId: 'chat', confirmed: false },
]
const ask = (changes: Change[], bucket: 'MONTH' | 'QUARTER' = 'QUARTER') => {
  const store = aStore({ changes, plans })
  return strategyMix(store, { scope: everyAccount(store), now: NOW, range: RANGE, bucket })
}
const parts = (of: ReturnType<typeof ask>) =>
  of.strategies.filter(({ total }) => total !== 0n).map(({ strategy, minor }) => [strategy, minor])

it('nets the strategies of an account-month and leaves out months that are not expansion', () => {
  const mix = ask([
    ['a', '2023-12-05', 1000],
    ['a', '2024-02-05', 700, { strategy: 'UPSELL' }],
    ['a', '2024-02-09', -200, { strategy: 'SEAT' }],
    ['a', '2024-05-05', 300, { strategy: 'CROSS_SELL', plan: 'chat-basic' }],
    ['a', '2024-07-05', -300, { strategy: 'CROSS_SELL', plan: 'chat-basic' }],
    ['b', '2024-05-05', 9000, { strategy: 'CROSS_SELL' }],
  ])
  expect(parts(mix)).toEqual([
    ['UPSELL', [700n, 0n, 0n, 0n]],
    ['CROSS_SELL', [0n, 300n, 0n, 0n]],
    ['SEAT', [-200n, 0n, 0n, 0n]],
  ])
  expect([mix.total, mix.confirmedShare]).toEqual([800n, '0.75'])
  expect(mix.months).toEqual(['2024-01-01', '2024-04-01', '2024-07-01', '2024-10-01'].map(monthOf))
})

it('a line without a strategy, and what a floor at zero takes away, count as contract value', () => {
  expect(
    parts(
      ask([
        ['a', '2023-12-05', 1000],
        ['a', '2024-02-05', 50, { strategy: '' }],
      ]),
    ),
  ).toEqual([['CONTRACT_VALUE', [50n, 0n, 0n, 0n]]])
})

it('has no confirmed share without expansion', () => {
  expect(ask([['a', '2023-12-05', 1000]]).confirmedShare).toBeNull()
})
