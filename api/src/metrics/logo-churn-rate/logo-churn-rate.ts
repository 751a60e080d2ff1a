import { labels } from '../labels.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Accounts that left against the accounts at the start. */
export const logoChurnRate = defineMetric({
  key: 'logoChurnRate',
  label: { en: 'Logo churn rate', ja: '解約率（件数）' },
  description: {
    en: 'Accounts that left in the period, against the paying accounts it opened with.',
    ja: '期中に解約したアカウント数の、期首の有料アカウント数に対する割合です。',
  },
  formula: {
    en: 'churned accounts / opening accounts',
    ja: '解約アカウント数 ÷ 期首の有料アカウント数',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'LOWER',
  topic: 'RETENTION',
  needs: 'flows',
  value: (flows) =>
    ratio(
      count(labels.churnedAccounts, flows.churnedAccounts),
      count(labels.openingAccounts, flows.openingAccounts),
      'NO_OPENING_MRR',
    ),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.churned,
    denominator: (span) => (span.pays ? 1 : 0),
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: '{numerator} of {denominator} accounts left in {to}: {value}.',
    ja: '{to}に{denominator}アカウントのうち{numerator}が解約しました（{value}）。',
  },
})
