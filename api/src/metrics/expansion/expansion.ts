import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Growth of accounts that already paid. */
export const expansion = defineMetric({
  key: 'expansion',
  label: { en: 'Expansion MRR', ja: '拡大MRR' },
  description: {
    en: 'MRR that paying accounts added in the period.',
    ja: '期中に有料アカウントが増やしたMRRです。',
  },
  formula: {
    en: 'sum of closing - opening of account-months that rise from above zero',
    ja: '前月末に支払いがあり当月末に増えたアカウントの増加額の合計',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'GROWTH',
  byStrategy: true,
  needs: 'flows',
  value: (flows) => amount(money(labels.expansion, flows.expansion)),
  evidence: { by: 'MOVEMENTS', numerator: ['EXPANSION'] },
  sentence: {
    en: '{accounts} accounts grew by {numerator} in {to}.',
    ja: '{to}に{accounts}アカウントが {numerator} 拡大しました。',
  },
})
