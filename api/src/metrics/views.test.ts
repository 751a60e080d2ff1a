import { describe, expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { movements } from './movement-list.ts'
import type { MetricKey } from './registry.ts'
import { strategyMix } from './strategy-mix.ts'
import { answer } from './testing/answer.ts'
import { type ViewAsked, viewOf } from './view.ts'
import { waterfall } from './waterfall.ts'

const upAndDown: Change[] = [
  ['a', '2024-11-05', 1000],
  ['a', '2024-12-03', 500, { strategy: 'SEAT' }],
  ['a', '2024-12-20', -200, { strategy: 'UPSELL' }],
]
const cameAndWent: Change[] = [
  ['a', '2024-01-05', 100],
  ['b', '2024-12-03', 1000],
  ['b', '2024-12-20', -1000],
]
const leftAndReturned: Change[] = [
  ['a', '2024-01-05', 1000],
  ['a', '2024-11-01', -1000],
  ['a', '2024-12-01', 1500],
  ['b', '2024-01-05', 900],
  ['b', '2024-12-05', -300],
]

const cases: [title: string, key: MetricKey, changes: Change[], expected: Record<string, ViewAsked>][] = [
  [
    'up and down within a month: by month one movement, by event both',
    'expansion',
    upAndDown,
    { '3': {}, '5': { netting: 'EVENT' } },
  ],
  ['and what went down', 'contraction', upAndDown, { '0': { netting: 'MONTH' }, '2': { netting: 'EVENT' } }],
  [
    'what happens on one day is one movement under both',
    'expansion',
    [
      ['a', '2024-11-05', 1000],
      ['a', '2024-12-03', 500],
      ['a', '2024-12-03', -200],
    ],
    { '3': { netting: 'EVENT' } },
  ],
  [
    'who comes and goes within a month was there by event alone',
    'new',
    cameAndWent,
    { '0': {}, '10': { netting: 'EVENT' } },
  ],
  ['and left again', 'churn', cameAndWent, { '0': {}, '10': { netting: 'EVENT' } }],
  ['one of one account left', 'logoChurnRate', cameAndWent, { '0': {}, '1': { netting: 'EVENT' } }],
  [
    'an account that leaves twice in a month counts twice, as it does in two months',
    'logoChurnRate',
    [
      ['a', '2024-01-05', 1000],
      ['a', '2024-12-01', -1000],
      ['a', '2024-12-09', 1000],
      ['a', '2024-12-20', -1000],
    ],
    { '1': {}, '2': { netting: 'EVENT' } },
  ],
  [
    'paid before is a close of the same netting: a visit within a month is none by month',
    'reactivation',
    [
      ['a', '2024-11-05', 1000],
      ['a', '2024-11-20', -1000],
      ['a', '2024-12-05', 700],
    ],
    { '0': {}, '7': { netting: 'EVENT' } },
  ],
  [
    'a gap longer than the window counts as new: by event from the day it ended to the day it pays again',
    'new',
    leftAndReturned,
    {
      '0': { netting: 'EVENT', reactivationWindow: 30 },
      '15': { netting: 'EVENT', reactivationWindow: 29 },
    },
  ],
  [
    'and within the window it came back',
    'reactivation',
    leftAndReturned,
    { '15': { netting: 'EVENT', reactivationWindow: 30 }, '0': { netting: 'EVENT', reactivationWindow: 29 } },
  ],
  [
    'by month from the first close at zero to the close that pays again: 30 November to 31 December',
    'reactivation',
    leftAndReturned,
    { '15': { reactivationWindow: 31 }, '0': { reactivationWindow: 30 } },
  ],
  ['with a window of 0 days nobody comes back', 'reactivation', leftAndReturned, { '0': { reactivationWindow: 0 } }],
  ['without a window any gap will do', 'reactivation', leftAndReturned, { '15': { reactivationWindow: null } }],
  ['a return may be called expansion', 'expansion', leftAndReturned, { '0': {}, '15': { reactivation: 'EXPANSION' } }],
  [
    'but not one after a longer gap',
    'expansion',
    leftAndReturned,
    { '0': { reactivation: 'EXPANSION', reactivationWindow: 30 } },
  ],
  ['then it is no reactivation', 'reactivation', leftAndReturned, { '0': { reactivation: 'EXPANSION' } }],
  [
    'quick ratio: 15 came back, 3 were lost',
    'quickRatio',
    leftAndReturned,
    { '0': {}, '5': { quickRatio: 'WITH_REACTIVATION' } },
  ],
  [
    'nobishiro: by month, quick ratio without reactivation',
    'quickRatio',
    leftAndReturned,
    { '0': { preset: 'NOBISHIRO' } },
  ],
  ['as Stripe lists changes: by event', 'expansion', upAndDown, { '5': { preset: 'STRIPE_LIKE' } }],
  ['with our quick ratio', 'quickRatio', leftAndReturned, { '0': { preset: 'STRIPE_LIKE' } }],
  ['as ChartMogul lists activities: by event', 'expansion', upAndDown, { '5': { preset: 'CHARTMOGUL_LIKE' } }],
  ['with what came back in the quick ratio', 'quickRatio', leftAndReturned, { '5': { preset: 'CHARTMOGUL_LIKE' } }],
  [
    'an option overrides the preset',
    'expansion',
    upAndDown,
    { '3': { preset: 'STRIPE_LIKE', netting: 'MONTH' }, '5': { preset: 'NOBISHIRO', netting: 'EVENT' } },
  ],
]

describe('views', () => {
  it.each(
    cases.flatMap(([title, key, changes, expected]) =>
      Object.entries(expected).map(
        ([value, view]) => [`${title} (${viewOf(view).name})`, key, changes, value, view] as const,
      ),
    ),
  )('%s', (_, key, changes, value, view) => {
    expect(Number(answer(key, changes, { view }))).toBe(Number(value))
  })

  it.each<[string, ViewAsked]>([
    ['NOBISHIRO', {}],
    ['STRIPE_LIKE', { preset: 'STRIPE_LIKE', netting: 'EVENT' }],
    ['CHARTMOGUL_LIKE netting=MONTH', { preset: 'CHARTMOGUL_LIKE', netting: 'MONTH' }],
    [
      'NOBISHIRO netting=EVENT quickRatio=WITH_REACTIVATION reactivation=EXPANSION reactivationWindow=90 retentionCurrency=SPOT',
      {
        retentionCurrency: 'SPOT',
        reactivationWindow: 90,
        reactivation: 'EXPANSION',
        quickRatio: 'WITH_REACTIVATION',
        netting: 'EVENT',
      },
    ],
  ])('%s names what differs from the preset', (name, view) => {
    expect(viewOf(view).name).toBe(name)
  })

  it('refuses a window that is no number of days', () => {
    for (const reactivationWindow of [-1, 1.5])
      expect(() => viewOf({ reactivationWindow })).toThrow('view.reactivationWindow is a number of days')
  })
})

const rates = ['2024-11-30', '2024-12-31'].map((day, index) => ({
  currency: 'EUR',
  day,
  rate: index === 0 ? '1' : '1.5',
  per: '1',
}))

it.each<[string, ViewAsked, nrr: string, grr: string]>([
  ['both ends at the rates of the opening', {}, '1.1', '1'],
  ['or each at its own: what rates made counts as grown', { retentionCurrency: 'SPOT' }, '1.65', '1'],
])('retention in several currencies: %s', (_, view, nrr, grr) => {
  const store = aStore({
    changes: [
      ['a', '2024-11-05', 1000, { currency: 'EUR' }],
      ['a', '2024-12-05', 100, { currency: 'EUR' }],
    ],
    rates,
  })
  const at = monthOf('2024-12-01')
  const range = { start: at, end: at + 1 }
  const query = { scope: everyAccount(store), now: NOW, range, window: 1, view }
  expect(evaluate(store, { ...query, keys: ['nrr', 'grr'] }).map(({ total }) => total?.value)).toEqual([nrr, grr])
  const bridge = waterfall(store, { ...query, population: 'COHORT' })
  expect([bridge.nrr, bridge.grr, bridge.view]).toEqual([nrr, grr, viewOf(view).name])
})

describe('netted by event', () => {
  const query = { now: NOW, view: { netting: 'EVENT' } } as const

  it('a movement has its day, its part of the seats and strategies, and the level of that day', () => {
    const store = aStore({
      changes: [
        ['a', '2024-11-05', 1000],
        ['a', '2024-12-03', 500, { seats: 5 }],
        ['a', '2024-12-20', -200, { strategy: 'UPSELL', seats: -1 }],
      ],
    })
    const { items, totals, accounts } = movements(store, { ...query, scope: everyAccount(store) })
    expect(
      items.map(({ id, day, kind, opening, closing, seatsChange, strategyParts }) => [
        id,
        day,
        kind,
        opening,
        closing,
        seatsChange,
        strategyParts,
      ]),
    ).toEqual([
      ['a@2024-12-20', 20, 'CONTRACTION', 1500n, 1300n, -1, [{ strategy: 'UPSELL', minor: -200n }]],
      ['a@2024-12-03', 3, 'EXPANSION', 1000n, 1500n, 5, [{ strategy: 'SEAT', minor: 500n }]],
      ['a@2024-11-05', 5, 'NEW', 0n, 1000n, 0, []],
    ])
    expect([totals.length, accounts]).toEqual([3, 1])
  })

  it('an account is one of a step however often it moved, and one of an explanation', () => {
    const store = aStore({
      changes: [
        ['a', '2024-11-05', 1000],
        ['a', '2024-12-03', 500],
        ['a', '2024-12-20', 200],
      ],
    })
    const at = monthOf('2024-12-01')
    const asked = { ...query, scope: everyAccount(store) }
    const all = waterfall(store, { ...asked, population: 'ALL', range: { start: at, end: at + 1 } })
    expect(all.steps.find(({ key }) => key === 'EXPANSION')).toMatchObject({ accounts: 1, minor: 700n })
    const found = explain(store, { ...asked, key: 'expansion', at })
    expect([found.accounts, found.movements.total, found.sentence.en]).toEqual([
      1,
      2,
      '1 accounts grew by $7 in December 2024.',
    ])
  })

  it('a return that is called expansion has the strategies of its lines', () => {
    const store = aStore({
      changes: [
        ['a', '2024-01-05', 1000],
        ['a', '2024-03-05', -1000],
        ['a', '2024-12-05', 300, { strategy: 'CROSS_SELL' }],
        ['a', '2024-12-09', 100, { strategy: 'SEAT' }],
      ],
    })
    const at = monthOf('2024-12-01')
    const { strategies } = strategyMix(store, {
      ...query,
      view: { netting: 'EVENT', reactivation: 'EXPANSION' },
      scope: everyAccount(store),
      range: { start: at, end: at + 1 },
    })
    expect(strategies.filter(({ total }) => total !== 0n).map(({ strategy, total }) => [strategy, total])).toEqual([
      ['CROSS_SELL', 300n],
      ['SEAT', 100n],
    ])
  })

  it('the last unit of a slice that its account rounds anew after its own last change is FX', () => {
    const half = ['2024-11-30', '2024-12-31'].map((day) => ({ currency: 'EUR', day, rate: '50', per: '1' }))
    const store = aStore({
      currency: 'JPY',
      changes: [
        ['a', '2024-11-05', 1, { currency: 'EUR', plan: 'b' }],
        ['a', '2024-11-05', 1, { currency: 'EUR', plan: 'c' }],
        ['a', '2024-12-05', 1, { currency: 'EUR', plan: 'z' }],
        ['a', '2024-12-10', -1, { currency: 'EUR', plan: 'b' }],
        ['a', '2024-12-10', 1, { currency: 'EUR', plan: 'c' }],
      ],
      rates: half,
    })
    const at = monthOf('2024-12-01')
    const all = waterfall(store, {
      ...query,
      scope: everyAccount(store),
      where: { planId: ['z'] },
      population: 'ALL',
      range: { start: at, end: at + 1 },
    })
    expect([all.closing, all.difference]).toEqual([1n, 0n])
    expect(all.steps.find(({ key }) => key === 'FX')?.minor).toBe(1n)
  })
})

it('an amount in a currency without a rate that comes and goes within a month hides nothing else', () => {
  const store = aStore({
    changes: [
      ['a', '2024-11-05', 1000],
      ['a', '2024-12-05', 500, { strategy: 'SEAT' }],
      ['a', '2024-12-06', 70, { currency: 'EUR', strategy: 'UPSELL' }],
      ['a', '2024-12-07', -70, { currency: 'EUR', strategy: 'UPSELL' }],
    ],
  })
  const at = monthOf('2024-12-01')
  const range = { start: at, end: at + 1 }
  const query = { scope: everyAccount(store), now: NOW, range }
  expect(strategyMix(store, query).total).toBe(500n)
  expect(waterfall(store, { ...query, population: 'ALL' })).toMatchObject({ reason: null, difference: 0n })
  expect(waterfall(store, { ...query, population: 'ALL', view: { netting: 'EVENT' } }).reason).toBe('NO_RATE')
})
