import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** MRR of the accounts that pay for the first time. */
export const newMrr = defineMetric({
  key: 'new',
  label: { en: 'New MRR', ja: '新規MRR' },
  description: {
    en: 'MRR of accounts that pay for the first time.',
    ja: '初めて支払いが始まったアカウントのMRRです。',
  },
  formula: {
    en: 'sum of closing MRR of account-months that rise from zero and never paid before',
    ja: '以前に支払いがなく、当月末に支払いのあるアカウントの当月末MRRの合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'GROWTH',
  needs: 'flows',
  value: (flows) => amount(money(labels.new, flows.new)),
  evidence: { by: 'MOVEMENTS', numerator: ['NEW'] },
  sentence: {
    en: '{accounts} accounts started with {numerator} in {to}.',
    ja: '{to}に{accounts}アカウントが {numerator} で始まりました。',
  },
})
