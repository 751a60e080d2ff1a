import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import type { Store } from '../facts/column-store.ts'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, HEADER, NOW, type StoreSketch } from '../facts/testing/a-store.ts'
import { randomLedger, randomRange, randomScope } from '../facts/testing/random-ledger.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import { compareDefinition } from './compare-definition.ts'
import { evaluate } from './evaluate.ts'
import { type MetricKey, metricKeys } from './registry.ts'
import type { MetricValue } from './result.ts'
import { randomView } from './testing/random-view.ts'
import type { ViewAsked } from './view.ts'

vi.setConfig({ testTimeout: 60_000 })

const changes: Change[] = [
  ['steady', '2024-01-05', 10_000],
  ['swings', '2024-01-05', 5_000],
  ['swings', '2024-12-03', 4_000],
  ['swings', '2024-12-20', -1_000],
  ['returns', '2024-01-05', 2_000],
  ['returns', '2024-06-05', -2_000],
  ['returns', '2024-12-05', 3_000],
  ['new', '2024-12-05', 700],
]

const side = (store: Store, key: MetricKey, view: ViewAsked, scope = everyAccount(store)) => ({
  store,
  query: { scope, now: NOW, key, at: monthOf('2024-12-01'), view },
})

function compared(key: MetricKey, view: ViewAsked, sketch: StoreSketch = {}) {
  const store = aStore({ changes, ...sketch })
  const found = compareDefinition([side(store, key, {}), side(store, key, view)])
  return {
    ...found,
    values: [found.left.value ?? found.left.reason, found.right.value ?? found.right.reason],
    rows: found.rows.items.map(({ account, left, right }) => [account, left.map(Number), right.map(Number)]),
  }
}

it.each<[title: string, MetricKey, ViewAsked, values: unknown[], rows: unknown[]]>([
  ['the same definition: nothing differs', 'expansion', { netting: 'MONTH' }, ['30.00', '30.00'], []],
  [
    'ups and downs of a month counted apart',
    'expansion',
    { netting: 'EVENT' },
    ['30.00', '40.00'],
    [['swings', [3_000], [4_000]]],
  ],
  ['what was hidden in a month', 'contraction', { netting: 'EVENT' }, ['0.00', '10.00'], [['swings', [0], [1_000]]]],
  [
    'a return as expansion',
    'expansion',
    { reactivation: 'EXPANSION' },
    ['30.00', '60.00'],
    [['returns', [0], [3_000]]],
  ],
  [
    'a return that is too late is new',
    'new',
    { reactivationWindow: 90 },
    ['7.00', '37.00'],
    [['returns', [0], [3_000]]],
  ],
  [
    'both terms of a ratio',
    'quickRatio',
    { netting: 'EVENT', quickRatio: 'WITH_REACTIVATION' },
    ['NO_LOSS', '7.7'],
    [
      ['returns', [0, 0], [3_000, 0]],
      ['swings', [3_000, 0], [4_000, 1_000]],
    ],
  ],
])('%s', (_title, key, view, values, rows) => {
  const found = compared(key, view)
  expect(found.values).toEqual(values)
  expect(found.rows).toEqual(rows)
  expect(found.reconciles).toBe(true)
})

it('pages through the rows, and adds up all of them', () => {
  const store = aStore({ changes })
  const view: ViewAsked = { netting: 'EVENT', quickRatio: 'WITH_REACTIVATION' }
  const sides = [side(store, 'quickRatio', {}), side(store, 'quickRatio', view)] as const
  const { rows, reconciles } = compareDefinition(sides, { offset: 1, limit: 1 })
  expect([rows.total, rows.items.map(({ account }) => account), reconciles]).toEqual([2, ['swings'], true])
})

it('shows no amounts where a rate is missing', () => {
  const { values, rows, terms, reconciles } = compared(
    'nrr',
    { retentionCurrency: 'SPOT' },
    {
      changes: [...changes, ['euro', '2023-12-05', 100, { currency: 'EUR' }]],
    },
  )
  expect([values, rows, terms, reconciles]).toEqual([['NO_RATE', 'NO_RATE'], [], [], true])
})

it('two states of the ledger are compared account by account, also of those that one does not know', () => {
  const before = aStore({ changes })
  const after = aStore({ changes: [...changes, ['another', '2024-12-09', 250]] })
  const { rows, left, right } = compareDefinition([side(before, 'new', {}), side(after, 'new', {})])
  expect([left.value, right.value]).toEqual(['7.00', '9.50'])
  expect(rows.items).toEqual([{ account: 'another', name: '', left: [0n], right: [250n] }])
})

const inShort = ({ value, reason, numerator, denominator }: MetricValue) => ({ value, reason, numerator, denominator })

it('under any two views, the values are those that are shown elsewhere and the rows make the difference', () => {
  fc.assert(
    fc.property(randomLedger, randomScope, randomRange, randomView, randomView, (ledger, ids, { end }, one, other) => {
      const store = buildStore({ ...HEADER, ...ledger })
      const scope = accountsOf(store, ids)
      for (const key of metricKeys) {
        const [left, right] = [one, other].map((view) => ({
          store,
          query: { scope, now: NOW, key, at: end - 1, view },
        })) as [ReturnType<typeof side>, ReturnType<typeof side>]
        const found = compareDefinition([left, right])
        expect(found.reconciles, key).toBe(true)
        for (const [value, view] of [
          [found.left, one],
          [found.right, other],
        ] as const) {
          const [series] = evaluate(store, { scope, now: NOW, keys: [key], range: { start: end - 1, end }, view })
          expect(inShort(value), key).toEqual(inShort(series!.values[0]!))
        }
      }
    }),
    { numRuns: 60 },
  )
})

it('of several currencies too', () => {
  fc.assert(
    fc.property(
      currencyLedger,
      randomRates({ gaps: true }),
      randomRange,
      randomView,
      (ledger, rates, { end }, view) => {
        const store = buildStore({ ...HEADER, currency: REPORTING, ...ledger, rates })
        const scope = everyAccount(store)
        for (const key of metricKeys) {
          const query = { scope, now: NOW, key, at: end - 1 }
          expect(
            compareDefinition([
              { store, query },
              { store, query: { ...query, view } },
            ]).reconciles,
            key,
          ).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  )
})
