import { describe, expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, NOW } from '../facts/testing/a-store.ts'
import { type ReportQuery, report } from './report.ts'

const store = aStore({
  changes: [
    ['a', '2025-01-10', 100_00, { region: 'EU' }],
    ['b', '2025-02-10', 300_00, { region: 'US' }],
    ['c', '2025-02-10', 50_00, { region: 'EU' }],
    ['a', '2025-03-10', 20_00, { region: 'EU' }],
    ['b', '2025-04-10', -300_00, { region: 'US' }],
  ],
})
const range = { start: monthOf('2025-02-01'), end: monthOf('2025-05-01') }
const ask = (query: Partial<ReportQuery>) =>
  report(store, {
    scope: everyAccount(store),
    now: NOW,
    range,
    measures: [{ key: 'mrr' }],
    by: [{ kind: 'REGION' }],
    ...query,
  })
const values = (query: Partial<ReportQuery>) => ask(query).rows.map((row) => row.map(({ value }) => value))

describe('a report', () => {
  it('says what its columns hold', () => {
    const { columns } = ask({
      measures: [{ key: 'mrr' }, { key: 'nrr', window: 3 }, { key: 'seats' }],
      bucket: 'MONTH',
      by: [{ kind: 'ATTRIBUTE', key: 'country' }, { kind: 'COHORT' }],
    })
    expect(columns.map(({ name, type, unit, currency }) => [name, type, unit, currency])).toEqual([
      ['attribute.country', 'TEXT', null, null],
      ['cohort', 'DATE', null, null],
      ['period', 'DATE', null, null],
      ['mrr', 'DECIMAL', 'MONEY', 'USD'],
      ['nrr.3', 'DECIMAL', 'RATIO', null],
      ['seats', 'INTEGER', 'COUNT', null],
    ])
  })

  it('orders by any column, cuts, and knows how many rows there are', () => {
    expect(values({ measures: [{ key: 'new' }] })).toEqual([
      ['US', '300.00'],
      ['EU', '50.00'],
    ])
    expect(values({ orderBy: { column: 'region' } })).toEqual([
      ['EU', '170.00'],
      ['US', '0.00'],
    ])
    const cut = ask({ bucket: 'MONTH', orderBy: { column: 'mrr', direction: 'ASC' }, first: 2 })
    expect(cut.rows.map((row) => row.map(({ value }) => value))).toEqual([
      ['US', '2025-04-01', '0.00'],
      ['EU', '2025-02-01', '150.00'],
    ])
    expect(cut.rowCount).toBe(6)
  })

  it('puts what is not defined last, and its reason in the cell', () => {
    const rows = ask({ measures: [{ key: 'quickRatio' }], orderBy: { column: 'quickRatio', direction: 'DESC' } }).rows
    expect(
      rows.map((row) => row.map((cell) => ('measured' in cell ? (cell.measured.reason ?? cell.value) : cell.value))),
    ).toEqual([
      ['US', '1'],
      ['EU', 'NO_LOSS'],
    ])
  })

  it('has totals of the whole, which no ratio of a row is part of', () => {
    const { totals, rows } = ask({
      measures: [{ key: 'arpa' }],
      range: { start: monthOf('2025-02-01'), end: monthOf('2025-03-01') },
    })
    expect(rows.map((row) => row.at(-1)?.value)).toEqual(['300', '75'])
    expect(totals.map((total) => total?.value ?? null)).toEqual([null, '150'])
  })

  it('has a metric of sums for each of its windows', () => {
    const trials = aStore({
      outlook: [
        ['a', '2025-01-10', 10_00, { kind: 'TRIAL' }],
        ['b', '2025-03-10', 10_00, { kind: 'TRIAL' }],
      ],
      changes: [['a', '2025-02-10', 10_00]],
    })
    const measures = [1, 3].map((window) => ({ key: 'freeToPaid' as const, window }))
    const april = { start: monthOf('2025-04-01'), end: monthOf('2025-05-01') }
    const { rows } = report(trials, { scope: everyAccount(trials), now: NOW, range: april, measures, by: [] })
    expect(rows.map((row) => row.map(({ value }) => value))).toEqual([['0', '1']])
  })

  it('is one row without dimensions, also of nobody', () => {
    expect(values({ by: [] })).toEqual([['170.00']])
    expect(values({ by: [], where: { accountIds: [] } })).toEqual([['0.00']])
  })

  it.each<[Partial<ReportQuery>, string]>([
    [{ measures: [] }, 'measures names 0 metrics; 1 to 20 are accepted'],
    [{ measures: [{ key: 'mrr' }, { key: 'mrr' }] }, 'measures names mrr twice'],
    [{ measures: [{ key: 'nrr', window: 5 }] }, 'nrr has no window of 5 months'],
    [{ orderBy: { column: 'plan' } }, 'orderBy.column is "plan"; the report has region, mrr'],
    [{ range: { start: 24_300, end: 24_300 } }, 'The range holds no month'],
    [{ by: [{ kind: 'STRATEGY' }] }, 'by: STRATEGY does not apply to mrr'],
    [{ where: { strategy: ['SEAT'] } }, 'where.strategy does not apply to mrr'],
  ])('refuses what it cannot say: %j', (query, message) => {
    expect(() => ask(query)).toThrow(message)
  })

  it('refuses more groups than a table is for', () => {
    const changes = Array.from(
      { length: 1_001 },
      (_, place) => [`a${place}`, '2025-01-10', 1_00] as [string, string, number],
    )
    const large = aStore({ changes })
    const tops = Uint32Array.from(large.accounts.ids, (_, account) => account)
    const query = {
      scope: everyAccount(large),
      now: NOW,
      range,
      measures: [{ key: 'mrr' as const }],
      by: [{ kind: 'PARENT' as const, tops }],
    }
    expect(() => report(large, query)).toThrow(
      'by makes 1001 groups; at most 1000 can be told apart here. Narrow where, or ask by less',
    )
  })
})
