import { describe, expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import type { RateRow } from '../facts/rates.ts'
import { everyAccount } from '../facts/scope.ts'
import type { FactWhere } from '../facts/slice.ts'
import { aStore, type Beside, type Change, NOW } from '../facts/testing/a-store.ts'
import { accountFacts } from './account-list.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { movements } from './movement-list.ts'
import type { MetricKey } from './registry.ts'
import { strategyMix } from './strategy-mix.ts'
import { waterfall } from './waterfall.ts'

const quote = (currency: string, day: string, rate: string, per = '1'): RateRow => ({ currency, day, rate, per })

/** Yen for a dollar, a euro and a dinar at the closes of October to December. */
const rates = [
  quote('USD', '2024-10-31', '150'),
  quote('EUR', '2024-10-31', '160'),
  quote('KWD', '2024-10-31', '490'),
  quote('USD', '2024-11-29', '152.5'),
  quote('EUR', '2024-11-30', '158'),
  quote('KWD', '2024-11-30', '500'),
  quote('USD', '2024-12-31', '140'),
  quote('EUR', '2024-12-25', '1', '0.00625'),
  quote('KWD', '2024-12-31', '480'),
]

/**
 * "both" holds 10.00 USD and 20.00 EUR, and in December 10.00 USD more. "gulf" comes in November with 1.250 KWD.
 * "yen" holds 1000 yen all the time.
 */
const changes: Change[] = [
  ['both', '2024-10-05', 1000, { currency: 'USD', plan: 'core-basic' }],
  ['both', '2024-10-05', 2000, { currency: 'EUR', plan: 'core-pro' }],
  ['both', '2024-12-05', 1000, { currency: 'USD', plan: 'core-basic' }],
  ['gulf', '2024-11-05', 1250, { currency: 'KWD' }],
  ['yen', '2024-10-05', 1000, { currency: 'JPY' }],
]

type Asked = {
  month: string
  where?: FactWhere
  currency?: string
  given?: readonly RateRow[]
  facts?: readonly Change[]
}

const storeOf = ({ given = rates, facts = changes }: Partial<Asked> = {}) =>
  aStore({ currency: 'JPY', changes: facts, rates: given })

function answer(key: MetricKey, { month, where, currency, ...rest }: Asked): string | null {
  const store = storeOf(rest)
  const range = { start: monthOf(month), end: monthOf(month) + 1 }
  const query = { scope: everyAccount(store), now: NOW, keys: [key], range, where, currency, window: undefined }
  const value = evaluate(store, query)[0]?.total
  return value?.value ?? value?.reason ?? null
}

const NOVEMBER = '2024-11-01'
const DECEMBER = '2024-12-01'

describe('several currencies, reported in yen', () => {
  it.each([
    // November: 10 x 152.5 + 20 x 158 = 4685; 1.25 x 500 = 625; 1000.
    ['mrr', NOVEMBER, '6310'],
    // December: 20 x 140 + 20 x 160 = 6000; 1.25 x 480 = 600; 1000.
    ['mrr', DECEMBER, '7600'],
    ['arr', DECEMBER, '91200'],
    // At the rates of the previous close: 1.25 x 490 = 612.5, a half to the even 612.
    ['new', NOVEMBER, '612'],
    // both: 4685 - (10 x 150 + 20 x 160 = 4700); gulf: 625 - 612.
    ['fx', NOVEMBER, '-2'],
    // 10 dollars more at November's 152.5.
    ['expansion', DECEMBER, '1525'],
    // both: 6000 - (4685 + 1525) = -210; gulf: 600 - 625 = -25.
    ['fx', DECEMBER, '-235'],
    ['churn', DECEMBER, '0'],
    ['arpa', DECEMBER, '2533.333333333333'],
  ] as const)('%s of %s is %s', (key, month, expected) => {
    expect(answer(key, { month })).toBe(expected)
  })

  it('the waterfall has a step for it, and adds up', () => {
    const store = storeOf()
    const query = { scope: everyAccount(store), now: NOW, population: 'ALL' } as const
    const range = { start: monthOf(NOVEMBER), end: monthOf(DECEMBER) + 1 }
    const all = waterfall(store, { ...query, range })
    // Opening: 4700 + 1000.
    expect(all.steps.map(({ key, minor }) => [key, minor])).toEqual([
      ['OPENING', 5700n],
      ['NEW', 612n],
      ['EXPANSION', 1525n],
      ['REACTIVATION', 0n],
      ['CONTRACTION', 0n],
      ['CHURN', 0n],
      ['FX', -237n],
      ['CLOSING', 7600n],
    ])
    expect([all.reconciles, all.reason]).toEqual([true, null])
    const one = waterfall(store, { ...query, range, where: { accountIds: ['yen'] } })
    expect(one.steps.map(({ key }) => key)).not.toContain('FX')
  })

  it('NRR has both ends at the rates of its opening, so that rates alone do not move it', () => {
    const store = storeOf()
    const range = { start: monthOf(DECEMBER), end: monthOf(DECEMBER) + 1 }
    const ask = (where: FactWhere) =>
      evaluate(store, { scope: everyAccount(store), now: NOW, range, window: 1, keys: ['nrr', 'grr'], where }).map(
        ({ total }) => [total?.numerator?.minor, total?.denominator?.minor],
      )
    // At November's rates: 20 x 152.5 + 20 x 158 = 6210 after 4685; 625 and 1000 as before.
    expect(ask({})).toEqual([
      [7835n, 6310n],
      [6310n, 6310n],
    ])
    expect(ask({ accountIds: ['gulf'] })[0]).toEqual([625n, 625n])
    const cohort = waterfall(store, { scope: everyAccount(store), now: NOW, range, window: 1, population: 'COHORT' })
    expect(cohort.steps.map(({ key, minor }) => [key, minor])).toEqual([
      ['OPENING', 6310n],
      ['EXPANDED', 1525n],
      ['CONTRACTED', 0n],
      ['LOST', 0n],
      ['CLOSING', 7835n],
    ])
  })

  it('movements of rates stand beside the others and name their rates', () => {
    const store = storeOf()
    const range = { start: monthOf(DECEMBER), end: monthOf(DECEMBER) + 1 }
    const where = { range, accountIds: ['both'] }
    const { items } = movements(store, { scope: everyAccount(store), now: NOW, where })
    expect(items.map(({ id, kind, minor, opening, closing }) => [id, kind, minor, opening, closing])).toEqual([
      ['both@2024-12', 'EXPANSION', 1525n, 4685n, 6210n],
      ['both@2024-12/FX', 'FX', -210n, 6210n, 6000n],
    ])
    expect(items[1]?.rates).toEqual([
      { currency: 'EUR', opening: rates[4], closing: rates[7] },
      { currency: 'USD', opening: rates[3], closing: rates[6] },
    ])
  })

  it('a currency of its own, and any other by way of the reporting one', () => {
    expect(answer('mrr', { month: DECEMBER, where: { currency: ['KWD'] }, currency: 'KWD' })).toBe('1.250')
    expect(answer('mrr', { month: DECEMBER, where: { currency: ['USD'] } })).toBe('2800')
    // 7600 yen at 140.
    expect(answer('mrr', { month: DECEMBER, currency: 'USD' })).toBe('54.29')
    expect(answer('mrr', { month: DECEMBER, where: { accountIds: ['gulf'] }, currency: 'KWD', given: [] })).toBe(
      '1.250',
    )
  })

  it('an account as it is now is worth what rates say today', () => {
    const store = storeOf({ given: [...rates, quote('KWD', '2025-01-10', '486')] })
    const { items } = accountFacts(store, { scope: everyAccount(store), now: NOW })
    expect(items.map(({ account, minor }) => [account.id, minor])).toEqual([
      ['yen', 1000n],
      ['gulf', 608n],
      ['both', null],
    ])
  })
})

it('what is agreed and what trials would pay are worth what the close says, explained account by account', () => {
  const outlook: Beside[] = [
    ['both', '2024-11-05', -1000, { currency: 'USD' }],
    ['gulf', '2024-12-05', 250, { currency: 'KWD', kind: 'TRIAL' }],
  ]
  const ask = (given: readonly RateRow[], month: string) => {
    const store = aStore({ currency: 'JPY', changes, rates: given, outlook })
    const query = { scope: everyAccount(store), now: NOW }
    const at = monthOf(month)
    const keys = ['committedMrr', 'trialMrr'] as const
    const range = { start: at, end: at + 1 }
    const values = evaluate(store, { ...query, keys, range }).map(({ total }) => total?.value ?? total?.reason)
    return [...values, ...keys.map((key) => explain(store, { ...query, key, at }).difference)]
  }
  // December: 7600 - 10 x 140; 0.25 x 480.
  expect(ask(rates, DECEMBER)).toEqual(['6200', '120', 0n, 0n])
  expect(ask([], DECEMBER)).toEqual(['NO_RATE', 'NO_RATE', 0n, 0n])
})

describe('a rate', () => {
  const holds = (currency: string): Change[] => [['a', '2024-11-05', 1000, { currency }]]
  const closes = [quote('USD', '2024-10-31', '150'), quote('USD', '2024-11-30', '150')]
  it.each([
    ['of the last day of the month', '2024-12-31', '1500'],
    ['7 days old', '2024-12-24', '1500'],
    ['8 days old does not count', '2024-12-23', 'NO_RATE'],
    ['of the day after the close does not count', '2025-01-01', 'NO_RATE'],
  ])('%s', (_, day, expected) => {
    const given = [...closes, quote('USD', day, '150')]
    expect(answer('mrr', { month: DECEMBER, given, facts: holds('USD') })).toBe(expected)
  })

  it('that is missing takes its month alone, and of that only what needs it', () => {
    const given = rates.filter(({ currency, day }) => !(currency === 'EUR' && day.startsWith('2024-11')))
    const of = (key: MetricKey, month: string) => answer(key, { month, given })
    expect(of('mrr', '2024-10-01')).toBe('5700')
    expect([of('mrr', NOVEMBER), of('new', NOVEMBER), of('fx', NOVEMBER)]).toEqual(['NO_RATE', '612', 'NO_RATE'])
    expect([of('mrr', DECEMBER), of('expansion', DECEMBER), of('nrr', DECEMBER)]).toEqual([
      '7600',
      'NO_RATE',
      'NOT_ENOUGH_HISTORY',
    ])
    expect(of('logoChurnRate', DECEMBER)).toBe('0')
    const store = storeOf({ given })
    const query = { scope: everyAccount(store), now: NOW }
    const range = { start: monthOf(NOVEMBER), end: monthOf(DECEMBER) + 1 }
    const missing = 'There is no exchange rate to JPY of EUR at 2024-11-30 or within 7 days before it'
    expect(() => movements(store, { ...query, where: { range } })).toThrow(missing)
    expect(() => strategyMix(store, { ...query, range })).toThrow(missing)
  })

  it('makes a small amount zero, and yet the account has paid: zero is zero in every currency', () => {
    const given = [
      quote('KWD', '2024-10-31', '0.1'),
      quote('KWD', '2024-11-30', '0.1'),
      quote('KWD', '2024-12-31', '1000'),
    ]
    const facts: Change[] = [
      ['a', '2024-11-05', 1, { currency: 'KWD' }],
      ['a', '2024-12-05', 4000, { currency: 'KWD' }],
    ]
    const of = (key: MetricKey) => answer(key, { month: DECEMBER, given, facts })
    // 4.001 KWD at November's 0.1 is 0 yen: nothing moved, and rates made 4001.
    expect([of('new'), of('expansion'), of('fx'), of('mrr')]).toEqual(['0', '0', '4001', '4001'])
    expect(answer('logoChurnRate', { month: DECEMBER, given, facts })).toBe('0')
  })
})
