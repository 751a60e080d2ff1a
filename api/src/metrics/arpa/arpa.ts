import { labels } from '../labels.ts'
import { count, money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Average revenue per paying account. */
export const arpa = defineMetric({
  key: 'arpa',
  label: { en: 'ARPA', ja: 'ARPA（アカウント平均MRR）' },
  description: {
    en: 'MRR per paying account at the end of the period.',
    ja: '期末の有料アカウント1件あたりのMRRです。',
  },
  formula: {
    en: 'closing MRR / paying accounts',
    ja: '期末MRR ÷ 有料アカウント数',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'ACCOUNTS',
  needs: 'flows',
  value: (flows) =>
    ratio(
      money(labels.closingMrr, flows.closing),
      count(labels.payingAccounts, flows.closingAccounts),
      'NO_PAYING_ACCOUNTS',
    ),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.closing,
    denominator: (span) => (span.paysAfter ? 1 : 0),
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: '{denominator} accounts paid {numerator} a month at the end of {to}: {value} each.',
    ja: '{to}末に{denominator}アカウントが月額 {numerator} を支払っています。1件あたり {value} です。',
  },
})
