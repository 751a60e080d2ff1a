import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** What trials would pay, if all of them did. */
export const trialMrr = defineMetric({
  key: 'trialMrr',
  label: { en: 'Trial MRR', ja: 'トライアルMRR' },
  description: {
    en: 'What running trials would pay a month, apart from MRR.',
    ja: '進行中のトライアルが有料化した場合の月額です。MRRには含まれません。',
  },
  formula: {
    en: 'sum of what trials would pay a month at the close',
    ja: '期末に進行中のトライアルが支払うはずの月額の合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'REVENUE',
  needs: 'flows',
  value: ({ trial }) => amount(money(labels.trialMrr, trial)),
  evidence: { by: 'SPANS', numerator: (span) => span.trial, landsOn: 'NUMERATOR', outlook: true },
  sentence: {
    en: '{accounts} accounts on trial would pay {numerator} a month at the end of {to}.',
    ja: '{to}末にトライアル中の{accounts}アカウントは、有料化すれば月額 {numerator} になります。',
  },
})
