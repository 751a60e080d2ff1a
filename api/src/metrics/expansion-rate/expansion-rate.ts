import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Growth of paying accounts against the opening. */
export const expansionRate = defineMetric({
  key: 'expansionRate',
  label: { en: 'Expansion rate', ja: '拡大率' },
  description: {
    en: 'Growth of paying accounts in the period, against the MRR it opened with.',
    ja: '期中に有料アカウントが増やした額の、期首MRRに対する割合です。',
  },
  formula: {
    en: 'expansion MRR / opening MRR',
    ja: '拡大MRR ÷ 期首MRR',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'GROWTH',
  byStrategy: true,
  needs: 'flows',
  value: (flows) =>
    ratio(money(labels.expansion, flows.expansion), money(labels.openingMrr, flows.opening), 'NO_OPENING_MRR'),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.expansion,
    denominator: (span) => span.opening,
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: 'Accounts grew by {numerator} in {to}, on {denominator} they opened with: {value}.',
    ja: '{to}の拡大は {numerator}、期首MRRは {denominator} です（{value}）。',
  },
})
