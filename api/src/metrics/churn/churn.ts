import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** MRR of the accounts that left. */
export const churn = defineMetric({
  key: 'churn',
  label: { en: 'Churned MRR', ja: '解約MRR' },
  description: {
    en: 'MRR of accounts that stopped paying in the period.',
    ja: '期中に支払いがなくなったアカウントのMRRです。',
  },
  formula: {
    en: 'sum of opening MRR of account-months that end at zero',
    ja: '当月末に支払いがなくなったアカウントの前月末MRRの合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'LOWER',
  topic: 'GROWTH',
  needs: 'flows',
  value: (flows) => amount(money(labels.churn, flows.churn)),
  evidence: { by: 'MOVEMENTS', numerator: ['CHURN'] },
  sentence: {
    en: '{accounts} accounts that paid {numerator} left in {to}.',
    ja: '{to}に{accounts}アカウント、{numerator} が解約しました。',
  },
})
