import { labels } from '../labels.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Accounts that left against those that were open at the start. */
export const logoChurnRate = defineMetric({
  key: 'logoChurnRate',
  label: { en: 'Logo churn rate', ja: '解約率（件数）' },
  description: {
    en: 'Accounts that left in the period, against the open accounts it began with. A paused account stays open for 90 days; one that uses a free plan does where the recognition policy keeps free logos.',
    ja: '期中に解約したアカウント数の、期首の契約中アカウント数に対する割合です。一時停止のアカウントは90日間、無料プランのアカウントは認識ポリシーが認める場合に、契約中として数えます。',
  },
  formula: {
    en: 'churned accounts / open accounts at the start',
    ja: '解約アカウント数 ÷ 期首の契約中アカウント数',
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
    denominator: (span) => (span.isOpen ? 1 : 0),
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: '{numerator} of {denominator} accounts left in {to}: {value}.',
    ja: '{to}に{denominator}アカウントのうち{numerator}が解約しました（{value}）。',
  },
})
