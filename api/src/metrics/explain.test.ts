import { describe, expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { explain } from './explain.ts'
import type { ExplainQuery } from './query.ts'
import { metricKeys } from './registry.ts'

const changes: Change[] = [
  ['grows', '2023-12-05', 100000],
  ['grows', '2024-12-05', 150000, { strategy: 'SEAT' }],
  ['leaves', '2023-12-05', 40000],
  ['leaves', '2024-12-05', -40000],
  ['blinks', '2023-12-05', 5000],
  ['blinks', '2024-03-05', -5000],
  ['blinks', '2024-06-05', 5000],
  ['starts', '2024-12-05', 9900],
]
const ask = (query: Pick<ExplainQuery, 'key'> & Partial<ExplainQuery>, rows = changes) => {
  const store = aStore({ changes: rows })
  return explain(store, { scope: everyAccount(store), now: NOW, at: monthOf('2024-12-01'), ...query })
}

describe('explain nrr', () => {
  it('lists a span per account, largest effect first, with a total that lands on closing less opening', () => {
    const { value, spans, accounts, difference, period } = ask({ key: 'nrr' })
    expect([value.value, value.numerator?.value, value.denominator?.value]).toEqual([
      '1.758620689655',
      '2550.00',
      '1450.00',
    ])
    expect(
      spans.items.map((span) => [
        span.account.id,
        span.opening,
        span.closing,
        span.change,
        span.runningTotal,
        span.returned,
      ]),
    ).toEqual([
      ['grows', 100000n, 250000n, 150000n, 150000n, false],
      ['leaves', 40000n, 0n, -40000n, 110000n, false],
      ['blinks', 5000n, 5000n, 0n, 110000n, true],
    ])
    expect([accounts, difference, period]).toEqual([3, 0n, { start: '2024-01-01', end: '2025-01-01' }])
  })

  it('says it in one sentence, in both languages', () => {
    expect(ask({ key: 'nrr' }).sentence).toEqual({
      en: '3 accounts paid $1,450 a month at the end of December 2023; the same accounts paid $2,550 at the end of December 2024: 175.9%.',
      ja: '2023年12月末に月額 $1,450 を支払っていた3アカウントは、2024年12月末に月額 $2,550 を支払っています（175.9%）。',
    })
  })

  it('carries the bridge of the cohort', () => {
    const { bridge, value } = ask({ key: 'nrr' })
    expect([bridge?.population, bridge?.nrr]).toEqual(['COHORT', value.value])
  })

  it('keeps the running total from page to page', () => {
    const page = ask({ key: 'nrr', offset: 1, limit: 1 }).spans
    expect([page.total, page.items.map((span) => span.runningTotal)]).toEqual([3, [110000n]])
  })
})

it('grr counts what is kept: its total lands on kept less opening', () => {
  const { spans, value } = ask({ key: 'grr' })
  expect(spans.items.map((span) => [span.account.id, span.kept, span.change])).toEqual([
    ['leaves', 0n, -40000n],
    ['blinks', 5000n, 0n],
    ['grows', 100000n, 0n],
  ])
  expect(value.value).toBe('0.724137931034')
})

it('expansion lists its movements, which add up to it', () => {
  const { movements, spans, value, reconciles, accounts, sentence } = ask({ key: 'expansion' })
  expect(movements.items.map((one) => [one.account.id, one.minor, one.strategyParts])).toEqual([
    ['grows', 150000n, [{ strategy: 'SEAT', minor: 150000n }]],
  ])
  expect([value.minor, movements.totals[0]?.minor, spans.total, accounts, reconciles]).toEqual([
    150000n,
    150000n,
    0,
    1,
    true,
  ])
  expect(sentence.ja).toBe('2024年12月に1アカウントが $1,500 拡大しました。')
})

it('a rate lists the accounts of the opening, and its total lands on the numerator', () => {
  const { spans, value } = ask({ key: 'revenueChurnRate' })
  expect(spans.items.map((span) => [span.account.id, span.runningTotal])).toEqual([
    ['leaves', 40000n],
    ['blinks', 40000n],
    ['grows', 40000n],
  ])
  expect(value.numerator?.minor).toBe(40000n)
})

it('says why there is no value, in both languages', () => {
  const { value, sentence, reconciles, bridge } = ask({ key: 'nrr' }, [['a', '2024-11-05', 100]])
  expect([value.reason, reconciles, bridge?.steps]).toEqual(['NOT_ENOUGH_HISTORY', true, []])
  expect(sentence).toEqual({
    en: 'December 2023 lies before the first month with revenue.',
    ja: '2023年12月は、最初に売上が発生した月より前です。',
  })
})

it('without a rate shows no amounts at all', () => {
  const { value, spans, sentence } = ask({ key: 'nrr' }, [...changes, ['euro', '2023-12-05', 100, { currency: 'EUR' }]])
  expect([value.reason, value.numerator, spans.items]).toEqual(['NO_RATE', null, []])
  expect(sentence.en).toBe('Some accounts pay in another currency, and there is no exchange rate to USD.')
})

it.each(metricKeys)('%s fills every place of its sentences', (key) => {
  const { sentence } = ask({ key })
  for (const text of Object.values(sentence)) expect(text).not.toMatch(/[{}]|undefined|NaN| {2}/)
})

it.each([
  ['nrr', 'DIFFERENCE', [], []],
  ['revenueChurnRate', 'NUMERATOR', [], []],
  ['expansion', null, ['EXPANSION'], []],
  ['quickRatio', null, ['NEW', 'EXPANSION'], ['CONTRACTION', 'CHURN']],
  ['seats', null, [], []],
] as const)('%s says what its evidence lands on', (key, landsOn, numeratorKinds, denominatorKinds) => {
  expect(ask({ key })).toMatchObject({ landsOn, numeratorKinds, denominatorKinds })
})
