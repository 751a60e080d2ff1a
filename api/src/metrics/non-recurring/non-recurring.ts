import { visitCharges } from '../../facts/charges.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

const label = { en: 'Charged once', ja: '一度きりの請求額' }

/** What was charged apart from MRR: services, set-up fees, single charges. */
export const nonRecurring = defineMetric({
  key: 'nonRecurring',
  label: { en: 'Non-recurring revenue', ja: '一時売上' },
  description: {
    en: 'What was charged in the period that does not recur: services, set-up and single charges. It is not part of MRR.',
    ja: '期中に請求された、繰り返し発生しない売上です（導入支援、初期費用、単発の請求など）。MRRには含みません。',
  },
  formula: { en: 'sum of charges that do not recur', ja: '繰り返し発生しない請求額の合計' },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'NEITHER',
  topic: 'REVENUE',
  needs: 'sums',
  inputs: { charged: { label, unit: 'MONEY' } },
  gather: ({ slice, periods }, add) => {
    visitCharges(slice, periods, (account, period, charged) => add('charged', period, charged, account))
  },
  value: ({ charged }) => amount(money(label, charged)),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: '{accounts} accounts were charged {numerator} in {to} beside what recurs.',
    ja: '{to}に{accounts}アカウントへ、継続分とは別に {numerator} を請求しました。',
  },
})
