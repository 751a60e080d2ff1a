import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Gross revenue retention where a loss is never regained: each account counts with the least it paid on the way. */
export const grrPathMinimum = defineMetric({
  key: 'grrPathMinimum',
  label: { en: 'Gross retention, lowest point', ja: '最低水準の売上維持率' },
  description: {
    en: 'How much of the opening MRR was never lost on the way. Each account counts with the least it paid at a month end of the window, so what is lost and won back stays lost.',
    ja: '期首のMRRのうち、期間中に一度も失われなかった割合です。各アカウントは期間中の月末で最も少なかった額で数えるため、減った後に戻った額は含みません。',
  },
  formula: {
    en: 'sum of the least MRR at a month end of the window per account / opening MRR',
    ja: 'アカウントごとの期間中の月末MRRの最小値の合計 ÷ 期首MRR',
  },
  source: 'nobishiro/1: closed cohort, minimum over the month ends of the window per account',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'RETENTION',
  capability: 'nrr',
  needs: 'spans',
  windows: [12, 3, 1],
  reads: 'PATH',
  value: ({ lowest, opening }) =>
    ratio(
      money({ en: 'of it never lost on the way', ja: 'うち一度も失われなかった額' }, lowest),
      money(labels.cohortOpening, opening),
      'NO_OPENING_MRR',
    ),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.lowest,
    denominator: (span) => span.opening,
    landsOn: 'DIFFERENCE',
  },
  sentence: {
    en: '{accounts} accounts paid {denominator} a month at the end of {from}; {numerator} of it was never lost up to the end of {to}: {value}.',
    ja: '{from}末に月額 {denominator} を支払っていた{accounts}アカウントのうち、{to}末まで一度も失われなかったのは {numerator} です（{value}）。',
  },
})
