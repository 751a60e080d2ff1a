import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Shrinkage of accounts that stay. */
export const contraction = defineMetric({
  key: 'contraction',
  label: { en: 'Contraction MRR', ja: '縮小MRR' },
  description: {
    en: 'MRR that accounts took away without leaving.',
    ja: '解約せずに減ったMRRです。',
  },
  formula: {
    en: 'sum of opening - closing of account-months that fall but stay above zero',
    ja: '当月末に減ったが支払いは続くアカウントの減少額の合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'LOWER',
  topic: 'GROWTH',
  byStrategy: true,
  needs: 'flows',
  value: (flows) => amount(money(labels.contraction, flows.contraction)),
  evidence: { by: 'MOVEMENTS', numerator: ['CONTRACTION'] },
  sentence: {
    en: '{accounts} accounts shrank by {numerator} in {to}.',
    ja: '{to}に{accounts}アカウントが {numerator} 縮小しました。',
  },
})
