import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Loss less growth against the opening. */
export const netMrrChurnRate = defineMetric({
  key: 'netMrrChurnRate',
  label: { en: 'Net MRR churn rate', ja: 'ネット解約率' },
  description: {
    en: 'Loss less growth of the accounts, against the MRR the period opened with. Negative when growth exceeds loss.',
    ja: '減少額から拡大額を引いた純減の、期首MRRに対する割合です。拡大が上回ると負になります。',
  },
  formula: {
    en: '(contraction + churn - expansion) / opening MRR',
    ja: '（縮小＋解約－拡大）÷ 期首MRR',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'LOWER',
  topic: 'RETENTION',
  needs: 'flows',
  value: (flows) =>
    ratio(
      money(labels.netLost, flows.contraction + flows.churn - flows.expansion),
      money(labels.openingMrr, flows.opening),
      'NO_OPENING_MRR',
    ),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.contraction + span.churn - span.expansion,
    denominator: (span) => span.opening,
    landsOn: 'NUMERATOR',
  },
  sentence: {
    en: 'Accounts lost {numerator} net of their growth in {to}, on {denominator} they opened with: {value}.',
    ja: '{to}の純減は {numerator}、期首MRRは {denominator} です（{value}）。',
  },
})
