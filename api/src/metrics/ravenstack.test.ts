import { describe, expect, it } from 'vitest'
import { firstDayOf, monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { NOW } from '../facts/testing/a-store.ts'
import { evaluate } from './evaluate.ts'
import type { MetricKey } from './registry.ts'
import type { MetricSeries, MetricValue } from './result.ts'
import { ravenstackIsAbsent, ravenstackStore, rows } from './testing/ravenstack.ts'

const range = { start: monthOf('2023-01-01'), end: monthOf('2025-01-01') }

describe.skipIf(ravenstackIsAbsent)('RavenStack, month-end, 24 months', () => {
  const ask = (keys: MetricKey[], window?: number) => {
    const store = ravenstackStore()
    return evaluate(store, { scope: everyAccount(store), now: NOW, keys, range, window })
  }
  const column = (series: MetricSeries | undefined, pick: (value: MetricValue) => string) =>
    (series?.values ?? []).map((value) => [firstDayOf(value.period.start).slice(0, 7), pick(value)])

  it('gives the published movements to the cent', () => {
    const keys = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'mrr'] as const
    const names = ['new_mrr', 'expansion_mrr', 'contraction_mrr', 'churn_mrr', 'reactivation_mrr', 'end_mrr']
    const found = ask([...keys])
    names.forEach((name, index) => {
      const expected = rows('expected/B_monthend_movements.csv').map((row) => [row['month'], `${row[name]}.00`])
      expect(
        column(found[index], (value) => value.value ?? 'null'),
        name,
      ).toEqual(expected)
    })
    expect(found.map((series) => series.total?.value)).toEqual([
      '2520665.00',
      '8171641.00',
      '524123.00',
      '18507.00',
      '9932.00',
      '10159608.00',
    ])
  })

  it.each<[MetricKey, number | undefined, string]>([
    ['nrr', 1, 'nrr_1m_excl_reactivation'],
    ['grr', 1, 'grr_1m'],
    ['nrr', 12, 'nrr_12m_cohort_p2p'],
    ['grr', 12, 'grr_12m_cohort_p2p_min'],
    ['grrPathMinimum', 12, 'grr_12m_pathmin'],
    ['nrrTrailingAverage', undefined, 'nrr_12m_ttm_weighted_avg'],
    ['expansionRate', undefined, 'expansion_rate_1m'],
    ['contractionRate', undefined, 'contraction_rate_1m'],
    ['revenueChurnRate', undefined, 'revenue_churn_rate_1m'],
    ['logoChurnRate', undefined, 'logo_churn_rate_1m'],
    ['quickRatio', undefined, 'quick_ratio_excl_reactivation'],
  ])(
    'gives the published %s (window %s) to six decimals, and nothing where nothing is published',
    (key, window, name) => {
      const expected = rows('expected/B_monthend_retention.csv').map((row) => [
        row['month'],
        rounded(row[name] || null),
      ])
      expect(column(ask([key], window)[0], ({ value }) => rounded(value))).toEqual(expected)
    },
  )

  it('gives the published opening and closing of the twelve-month cohorts', () => {
    const published = rows('expected/B_monthend_retention.csv')
    const value = (name: string) => published.map((row) => [row['month'], row[name] ? `${row[name]}.00` : 'null'])
    const [nrr] = ask(['nrr'], 12)
    expect(column(nrr, (at) => (at.reason ? 'null' : String(at.denominator?.value)))).toEqual(
      value('cohort_start_mrr_12m'),
    )
    expect(column(nrr, (at) => (at.reason ? 'null' : String(at.numerator?.value)))).toEqual(value('cohort_end_mrr_12m'))
  })

  it('gives the published average per account and share of expansion', () => {
    const published = rows('expected/B_monthend_expansion_share.csv')
    const [arpa, share] = ask(['arpa', 'expansionShare'])
    const value = (name: string) => published.map((row) => [row['month'], rounded(row[name] || null)])
    expect(column(arpa, (at) => rounded(at.value))).toEqual(value('arpa'))
    expect(column(share, (at) => rounded(at.value))).toEqual(value('expansion_share_of_gross_new'))
  })
})

/** Six decimals: what the published files carry. */
const rounded = (value: string | null) => (value === null ? 'null' : Number(value).toFixed(6))
