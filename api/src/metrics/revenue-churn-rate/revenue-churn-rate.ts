import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** MRR of the accounts that left against the opening. */
export const revenueChurnRate = defineMetric({
  key: 'revenueChurnRate',
  label: { en: 'Revenue churn rate', ja: '解約率（金額）' },
  description: {
    en: 'MRR of accounts that left in the period, against the MRR it opened with.',
    ja: '期中に解約したアカウントのMRRの、期首MRRに対する割合です。',
  },
  formula: {
    en: 'churned MRR / opening MRR',
    ja: '解約MRR ÷ 期首MRR',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'LOWER',
  topic: 'RETENTION',
  needs: 'flows',
  value: (flows) => ratio(money(labels.churn, flows.churn), money(labels.openingMrr, flows.opening), 'NO_OPENING_MRR'),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.churn,
    denominator: (span) => span.opening,
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: 'Accounts that paid {numerator} left in {to}, of {denominator} they opened with: {value}.',
    ja: '{to}の解約は {numerator}、期首MRRは {denominator} です（{value}）。',
  },
})
