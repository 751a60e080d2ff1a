import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** How much of the growth comes from existing accounts. */
export const expansionShare = defineMetric({
  key: 'expansionShare',
  label: { en: 'Expansion share of growth', ja: '成長に占める拡大の割合' },
  description: {
    en: 'How much of the MRR gained in the period came from existing accounts.',
    ja: '期中に得たMRRのうち、既存アカウントの拡大が占める割合です。',
  },
  formula: {
    en: 'expansion / (new + expansion + reactivation)',
    ja: '拡大 ÷（新規＋拡大＋再開）',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'NEITHER',
  topic: 'GROWTH',
  needs: 'flows',
  value: (flows) =>
    ratio(
      money(labels.expansion, flows.expansion),
      money(labels.grossNew, flows.new + flows.expansion + flows.reactivation),
      'NO_EXPANSION',
    ),
  evidence: { by: 'MOVEMENTS', numerator: ['EXPANSION'], denominator: ['NEW', 'EXPANSION', 'REACTIVATION'] },
  sentence: {
    en: '{numerator} of the {denominator} gained in {to} came from existing accounts: {value}.',
    ja: '{to}に得た {denominator} のうち、{numerator} は既存アカウントの拡大です（{value}）。',
  },
})
