import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Gross revenue retention: NRR with each account capped at its opening, so growth never hides loss. */
export const grr = defineMetric({
  key: 'grr',
  label: { en: 'Gross revenue retention', ja: '売上維持率（GRR）' },
  description: {
    en: 'How much of the opening MRR is still there at the end. Each account counts at most what it paid at the start, so it never exceeds 100 %.',
    ja: '期首のMRRのうち期末にも残っている割合です。各アカウントは期首の額を上限とするため、100％を超えません。',
  },
  formula: {
    en: 'sum of the lesser of opening and closing MRR per account / opening MRR',
    ja: 'アカウントごとの期首と期末の小さい方の合計 ÷ 期首MRR',
  },
  source: 'nobishiro/1: closed cohort, point to point, minimum per account',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'RETENTION',
  capability: 'nrr',
  needs: 'spans',
  windows: [12, 3, 1],
  value: (spans) =>
    ratio(money(labels.cohortKept, spans.kept), money(labels.cohortOpening, spans.opening), 'NO_OPENING_MRR'),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.kept,
    denominator: (span) => span.opening,
    landsOn: 'DIFFERENCE',
  },
  sentence: {
    en: '{accounts} accounts paid {denominator} a month at the end of {from}; {numerator} of it was still there at the end of {to}: {value}.',
    ja: '{from}末に月額 {denominator} を支払っていた{accounts}アカウントのうち、{to}末に残っているのは {numerator} です（{value}）。',
  },
})
