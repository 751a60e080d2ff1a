import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** MRR as a yearly rate. */
export const arr = defineMetric({
  key: 'arr',
  label: { en: 'ARR', ja: 'ARR（年間経常収益）' },
  description: {
    en: 'Annual run rate: twelve times the MRR at the end of the period.',
    ja: '期末のMRRを12倍した年換算の経常収益です。',
  },
  formula: {
    en: 'closing MRR x 12',
    ja: '期末MRR×12',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'REVENUE',
  needs: 'flows',
  value: (flows) => amount(money(labels.arr, flows.closing, 12n)),
  evidence: { by: 'SPANS', numerator: (span) => span.closing * 12, landsOn: 'NUMERATOR' },
  sentence: {
    en: '{accounts} accounts paid at a rate of {numerator} a year at the end of {to}.',
    ja: '{to}末に{accounts}アカウントが年換算 {numerator} を支払っています。',
  },
})
