import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** What exchange rates made of MRR in other currencies. */
export const fx = defineMetric({
  key: 'fx',
  label: { en: 'Currency effect', ja: '為替影響額' },
  description: {
    en: 'What exchange rates made of MRR in other currencies in the period; negative where it lost value.',
    ja: '期中の為替変動による、他通貨建てMRRの評価額の増減です。価値が下がると負になります。',
  },
  formula: {
    en: 'closing at its own rates - opening - movements at the rates of the previous close',
    ja: '当月末レートの期末MRR － 期首MRR － 前月末レートの増減',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'NEITHER',
  topic: 'REVENUE',
  needs: 'flows',
  value: (flows) => amount(money(labels.fx, flows.fx)),
  evidence: { by: 'MOVEMENTS', numerator: ['FX'] },
  sentence: {
    en: 'Exchange rates changed the MRR of {accounts} accounts by {numerator} in {to}.',
    ja: '{to}の為替変動により、{accounts}アカウントのMRRが {numerator} 変わりました。',
  },
})
