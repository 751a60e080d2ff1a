import { labels } from '../labels.ts'
import { amount, count } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Seats bought, whether assigned and active or not. */
export const seats = defineMetric({
  key: 'seats',
  label: { en: 'Purchased seats', ja: '購入席数' },
  description: {
    en: 'Seats that accounts have bought, at the end of the period.',
    ja: '期末時点でアカウントが購入している席数です。',
  },
  formula: {
    en: 'sum of purchased seats at the close',
    ja: '期末の購入席数の合計',
  },
  source: 'nobishiro/1',
  unit: 'COUNT',
  better: 'HIGHER',
  topic: 'SEATS',
  capability: 'seats',
  needs: 'flows',
  value: (flows) => amount(count(labels.seats, flows.seats)),
  evidence: { by: 'SEATS' },
  sentence: {
    en: 'Accounts held {numerator} purchased seats at the end of {to}.',
    ja: '{to}末に購入されている席数は{numerator}です。',
  },
})
