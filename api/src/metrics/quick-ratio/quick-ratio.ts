import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric, type FlowMetric } from '../metric.ts'

/** What is gained for each unit lost. */
export const quickRatio = defineMetric({
  key: 'quickRatio',
  label: { en: 'Quick ratio', ja: 'クイックレシオ' },
  description: {
    en: 'How much is gained for each unit lost. Reactivation is left out.',
    ja: '失った額1に対して得た額です。再開は含みません。',
  },
  formula: {
    en: '(new + expansion) / (contraction + churn)',
    ja: '（新規＋拡大）÷（縮小＋解約）',
  },
  source: 'nobishiro/1: without reactivation',
  unit: 'MULTIPLE',
  better: 'HIGHER',
  topic: 'GROWTH',
  needs: 'flows',
  value: (flows) =>
    ratio(
      money(labels.gained, flows.new + flows.expansion),
      money(labels.lost, flows.contraction + flows.churn),
      'NO_LOSS',
    ),
  evidence: { by: 'MOVEMENTS', numerator: ['NEW', 'EXPANSION'], denominator: ['CONTRACTION', 'CHURN'] },
  sentence: {
    en: '{numerator} was gained and {denominator} lost in {to}: {value}.',
    ja: '{to}に得た額は {numerator}、失った額は {denominator} です（{value}）。',
  },
  inView: (view) => (view.quickRatio === 'WITH_REACTIVATION' ? withReactivation : {}),
})

const withReactivation: ReturnType<NonNullable<FlowMetric['inView']>> = {
  description: {
    en: 'How much is gained for each unit lost. Reactivation counts as gained.',
    ja: '失った額1に対して得た額です。再開も得た額に含みます。',
  },
  formula: {
    en: '(new + expansion + reactivation) / (contraction + churn)',
    ja: '（新規＋拡大＋再開）÷（縮小＋解約）',
  },
  source: 'nobishiro/1: with reactivation',
  value: (flows) =>
    ratio(
      money(labels.gained, flows.new + flows.expansion + flows.reactivation),
      money(labels.lost, flows.contraction + flows.churn),
      'NO_LOSS',
    ),
  evidence: { by: 'MOVEMENTS', numerator: ['NEW', 'EXPANSION', 'REACTIVATION'], denominator: ['CONTRACTION', 'CHURN'] },
}
