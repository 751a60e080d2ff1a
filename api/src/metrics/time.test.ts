import { describe, expect, it } from 'vitest'
import { firstDayOf, monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { currentMonth, defaultRange, firstRevenueMonth, lastCompleteMonth } from './default-range.ts'
import { evaluate } from './evaluate.ts'
import { checkRange, comparedPeriod, periodsOf } from './periods.ts'
import type { MetricQuery } from './query.ts'

const changes: Change[] = [['a', '2024-01-05', 1000]]
const at = (text: string) => new Date(text)
const month = (text: string) => monthOf(`${text}-01`)

describe('complete months', () => {
  it.each([
    ['today cuts', '2026-11-30', '2026-11-22T00:00:00Z', '2026-10'],
    ['a source that stops in the middle of a month cuts', '2024-12-30', '2026-11-22T00:00:00Z', '2024-11'],
    ['a source that reaches the last day completes the month', '2024-12-31', '2026-11-22T00:00:00Z', '2024-12'],
    ['a leap day is a last day', '2024-02-29', '2026-11-22T00:00:00Z', '2024-02'],
    ['without data only today cuts', null, '2026-11-22T00:00:00Z', '2026-10'],
  ])('%s', (_, dataThrough, now, expected) => {
    expect(lastCompleteMonth(aStore({ dataThrough }), at(now))).toBe(month(expected))
  })

  it('the default range is the twelve last complete months', () => {
    expect(defaultRange(aStore(), NOW)).toEqual({ start: month('2024-01'), end: month('2025-01') })
  })

  it('the month of today is that of the tenant, not of the server', () => {
    const now = at('2024-12-31T15:00:00Z')
    expect(firstDayOf(currentMonth(aStore({ timeZone: 'Asia/Tokyo' }), now))).toBe('2025-01-01')
    expect(firstDayOf(currentMonth(aStore({ timeZone: 'America/New_York' }), now))).toBe('2024-12-01')
  })

  it('a value is partial while its month runs and while a source is behind', () => {
    const store = aStore({ changes, dataThrough: '2024-12-30' })
    const range = { start: month('2024-11'), end: month('2025-02') }
    const [series] = evaluate(store, { scope: everyAccount(store), now: NOW, keys: ['mrr'], range })
    expect(series?.values.map((value) => value.completeness)).toEqual(['COMPLETE', 'PARTIAL', 'PARTIAL'])
    expect(series?.total?.completeness).toBe('PARTIAL')
  })
})

describe('first month with revenue', () => {
  const store = aStore({
    changes: [
      ['a', '2024-03-05', 500],
      ['b', '2024-01-05', 700],
      ['b', '2024-01-20', -700],
      ['b', '2024-02-05', 5],
    ],
  })

  it('is the first that closes above zero, for the accounts in scope', () => {
    expect(firstRevenueMonth(store, everyAccount(store))).toBe(month('2024-02'))
    expect(firstRevenueMonth(store, accountsOf(store, ['a']))).toBe(month('2024-03'))
    expect(firstRevenueMonth(store, accountsOf(store, []))).toBeNull()
  })

  it('a scope of another store is refused', () => {
    expect(() => firstRevenueMonth(aStore(), everyAccount(store))).toThrow('The scope belongs to another store')
    expect(() => evaluate(aStore(), { scope: everyAccount(store), now: NOW, keys: ['mrr'] })).toThrow('another store')
  })
})

describe('periods', () => {
  const names = (range: { start: number; end: number }) => [firstDayOf(range.start), firstDayOf(range.end)]

  it.each([
    ['QUARTER', 1, ['2024-02', '2024-04', '2024-07', '2024-10', '2025-01', '2025-04', '2025-06']],
    ['QUARTER', 4, ['2024-02', '2024-04', '2024-07', '2024-10', '2025-01', '2025-04', '2025-06']],
    ['QUARTER', 3, ['2024-02', '2024-03', '2024-06', '2024-09', '2024-12', '2025-03', '2025-06']],
    ['YEAR', 1, ['2024-02', '2025-01', '2025-06']],
    ['YEAR', 2, ['2024-02', '2025-02', '2025-06']],
    ['YEAR', 4, ['2024-02', '2024-04', '2025-04', '2025-06']],
    ['YEAR', 12, ['2024-02', '2024-12', '2025-06']],
  ] as const)('a %s of years from month %i on is cut to the range', (bucket, fiscalYearStart, bounds) => {
    const range = { start: month('2024-02'), end: month('2025-06') }
    const wanted = bounds.slice(1).map((end, place) => [`${bounds[place]}-01`, `${end}-01`])
    expect(periodsOf(range, bucket, fiscalYearStart).map(names)).toEqual(wanted)
  })

  it('a fiscal year from April on is April to March', () => {
    const range = { start: month('2023-04'), end: month('2025-04') }
    expect(periodsOf(range, 'YEAR', 4).map(names)).toEqual([
      ['2023-04-01', '2024-04-01'],
      ['2024-04-01', '2025-04-01'],
    ])
    const before = { start: month('2024-04'), end: month('2025-04') }
    expect(names(comparedPeriod(before, 'PREVIOUS'))).toEqual(['2023-04-01', '2024-04-01'])
  })

  it('compares with the period before, or with the same months a year ago', () => {
    const quarter = { start: month('2024-04'), end: month('2024-07') }
    expect(names(comparedPeriod(quarter, 'PREVIOUS'))).toEqual(['2024-01-01', '2024-04-01'])
    expect(names(comparedPeriod(quarter, 'YEAR_AGO'))).toEqual(['2023-04-01', '2023-07-01'])
  })

  it('refuses a range that runs backwards or lies in another century', () => {
    expect(() => checkRange({ start: 10, end: 9 })).toThrow('The range ends before it starts')
    expect(() => checkRange({ start: month('2024-01'), end: month('9999-01') })).toThrow('between 1970 and 2100')
  })
})

describe('series', () => {
  const rows: Change[] = [
    ['a', '2024-01-05', 1000],
    ['a', '2024-02-05', 500],
    ['a', '2024-03-05', 250],
  ]
  const ask = (query: Partial<MetricQuery>) => {
    const store = aStore({ changes: rows })
    const range = { start: month('2024-02'), end: month('2024-04') }
    return evaluate(store, { scope: everyAccount(store), now: NOW, keys: ['expansion'], range, ...query })[0]
  }

  it('carries the compared value beside each value and beside the total', () => {
    const series = ask({ compare: 'PREVIOUS' })
    expect(series?.values.map((value) => [value.value, value.previous?.value])).toEqual([
      ['5.00', '0.00'],
      ['2.50', '5.00'],
    ])
    expect([series?.total?.value, series?.total?.previous?.value]).toEqual(['7.50', '0.00'])
    expect(series?.total?.previous?.previous).toBeNull()
  })

  it('a total is recomputed, never added up from ratios', () => {
    const series = ask({ keys: ['expansionRate'] })
    expect(series?.values.map((value) => value.value)).toEqual(['0.5', '0.166666666667'])
    expect(series?.total?.value).toBe('0.75')
  })

  it('an empty range has no values and no total', () => {
    const series = ask({ range: { start: month('2024-02'), end: month('2024-02') } })
    expect([series?.values, series?.total]).toEqual([[], null])
  })

  it('every value names its definition, version and knowledge', () => {
    const value = ask({})?.total
    expect(value?.definition).toEqual({
      key: 'expansion',
      version: 'nobishiro/1',
      revision: 1,
      policy: 'NOBISHIRO',
      view: 'NOBISHIRO',
    })
    expect([value?.version, value?.asOf]).toEqual([7n, NOW])
  })

  it('refuses a code that is no currency', () => {
    expect(() => ask({ currency: 'usd' })).toThrow('"usd" is not an ISO 4217 code')
  })
})
