import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** How much of what is paid now comes from accounts that already paid a year ago. */
export const existingRevenueShare = defineMetric({
  key: 'existingRevenueShare',
  label: { en: 'Existing revenue share', ja: '既存売上比率' },
  description: {
    en: 'How much of the MRR at the end comes from accounts that first paid at the start of the window or before. Both their growth and their return count.',
    ja: '期末のMRRのうち、期首までに支払いが始まっていたアカウントの割合です。その後の拡大と再開を含みます。',
  },
  formula: {
    en: 'closing MRR of the accounts first paid by the start of the window / closing MRR',
    ja: '期首までに支払いが始まったアカウントの期末MRR ÷ 期末MRR',
  },
  source: 'nobishiro/1',
  benchmark: {
    low: '0.7',
    high: '0.8',
    source: {
      en: 'companies that are strong in expansion (Gainsight Pulse Report)',
      ja: 'エクスパンションが強い企業（Gainsight Pulse Report）',
    },
  },
  unit: 'RATIO',
  better: 'NEITHER',
  topic: 'GROWTH',
  needs: 'spans',
  windows: [12, 3, 1],
  reads: 'TENURE',
  value: ({ established, everyone, veterans }) => {
    const measure = ratio(
      money(
        { en: 'MRR of accounts first paid by then', ja: '期首までに支払いが始まったアカウントの期末MRR' },
        established,
      ),
      money(labels.closingMrr, everyone),
      'NO_PAYING_ACCOUNTS',
    )
    // Nobody had paid by then: a share of zero would say that growth is all new, where nothing is known.
    return veterans === 0 ? { ...measure, undefinedBecause: 'NOT_ENOUGH_HISTORY' } : measure
  },
  evidence: {
    by: 'SPANS',
    population: 'ALL',
    numerator: (span) => (span.established ? span.closing : 0),
    denominator: (span) => span.closing,
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: 'Of the {denominator} a month paid at the end of {to}, {numerator} came from accounts that had first paid by the end of {from}: {value}.',
    ja: '{to}末の月額 {denominator} のうち、{from}末までに支払いが始まっていたアカウントの分は {numerator} です（{value}）。',
  },
})
