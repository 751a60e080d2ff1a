import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Over how many months the average runs. */
const MONTHS = 12

/** NRR as some listed companies publish it: twelve twelve-month values, weighted by what was paid at their start. */
export const nrrTrailingAverage = defineMetric({
  key: 'nrrTrailingAverage',
  label: { en: 'Net retention, trailing average', ja: '売上継続率の12か月平均' },
  description: {
    en: 'The net revenue retention of each of the last 12 months, every one over 12 months, as one ratio of their sums. It moves slowly: a good month counts a twelfth.',
    ja: '直近12か月それぞれの12か月売上継続率を、合計同士の比として1つにまとめたものです。単月の変動は12分の1しか反映されません。',
  },
  formula: {
    en: 'sum of the 12 closing MRR of the accounts of each start / sum of their 12 opening MRR',
    ja: '12か月分の同一アカウントの期末MRRの合計 ÷ 期首MRRの合計',
  },
  source: 'nobishiro/1: sums of twelve closed cohorts, never an average of ratios',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'RETENTION',
  capability: 'nrr',
  needs: 'spans',
  windows: [12],
  over: MONTHS,
  value: ({ opening, closing, based }) => {
    const measure = ratio(
      money({ en: '12 closings of the same accounts', ja: '同じアカウントの期末MRR（12か月分）' }, closing),
      money({ en: '12 openings', ja: '期首MRR（12か月分）' }, opening),
      'NO_OPENING_MRR',
    )
    return based < MONTHS ? { ...measure, undefinedBecause: 'NO_OPENING_MRR' } : measure
  },
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.closing,
    denominator: (span) => span.opening,
    landsOn: 'DIFFERENCE',
  },
  sentence: {
    en: 'Twelve windows of a year, the first from the end of {from}, the last to the end of {to}: {accounts} accounts paid {denominator} at their starts and {numerator} at their ends: {value}.',
    ja: '{from}末から始まり{to}末に終わる12個の1年間を合計すると、{accounts}アカウントの期首 {denominator} に対して期末は {numerator} です（{value}）。',
  },
})
