import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Shrinkage of accounts that stay against the opening. */
export const contractionRate = defineMetric({
  key: 'contractionRate',
  label: { en: 'Contraction rate', ja: '縮小率' },
  description: {
    en: 'MRR lost to downgrades of accounts that stay, against the MRR the period opened with.',
    ja: '継続しているアカウントで減った額の、期首MRRに対する割合です。',
  },
  formula: {
    en: 'contraction MRR / opening MRR',
    ja: '縮小MRR ÷ 期首MRR',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'LOWER',
  topic: 'RETENTION',
  byStrategy: true,
  needs: 'flows',
  value: (flows) =>
    ratio(money(labels.contraction, flows.contraction), money(labels.openingMrr, flows.opening), 'NO_OPENING_MRR'),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.contraction,
    denominator: (span) => span.opening,
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: 'Accounts shrank by {numerator} in {to}, on {denominator} they opened with: {value}.',
    ja: '{to}の縮小は {numerator}、期首MRRは {denominator} です（{value}）。',
  },
})
