import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** What every account pays a month, at the close. */
export const mrr = defineMetric({
  key: 'mrr',
  label: { en: 'MRR', ja: 'MRR（月次経常収益）' },
  description: {
    en: 'Monthly recurring revenue at the end of the period.',
    ja: '期末時点の月次経常収益です。',
  },
  formula: {
    en: 'sum of what every account pays a month at the close',
    ja: '期末に全アカウントが支払う月額の合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'REVENUE',
  needs: 'flows',
  value: (flows) => amount(money(labels.closingMrr, flows.closing)),
  evidence: { by: 'SPANS', numerator: (span) => span.closing, landsOn: 'NUMERATOR' },
  sentence: {
    en: '{accounts} accounts paid {numerator} a month at the end of {to}.',
    ja: '{to}末に{accounts}アカウントが月額 {numerator} を支払っています。',
  },
})
