import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** MRR of the accounts that came back. */
export const reactivation = defineMetric({
  key: 'reactivation',
  label: { en: 'Reactivation MRR', ja: '再開MRR' },
  description: {
    en: 'MRR of accounts that paid before, stopped, and pay again.',
    ja: '以前支払いがあり、中断の後に再開したアカウントのMRRです。',
  },
  formula: {
    en: 'sum of closing MRR of account-months that rise from zero and paid before',
    ja: '支払いのない状態から再開したアカウントの当月末MRRの合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'GROWTH',
  needs: 'flows',
  value: (flows) => amount(money(labels.reactivation, flows.reactivation)),
  evidence: { by: 'MOVEMENTS', numerator: ['REACTIVATION'] },
  sentence: {
    en: '{accounts} accounts came back with {numerator} in {to}.',
    ja: '{to}に{accounts}アカウントが {numerator} で再開しました。',
  },
})
