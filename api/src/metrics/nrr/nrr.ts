import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Net revenue retention: what the accounts of T-n pay at T, against what they paid then. */
export const nrr = defineMetric({
  key: 'nrr',
  label: { en: 'Net revenue retention', ja: '売上継続率（NRR）' },
  description: {
    en: 'What the accounts that paid at the start of the window pay at its end, against what they paid then. New accounts do not count.',
    ja: '期首に支払っていたアカウントの期末の支払額を、期首の支払額と比べた割合です。新規アカウントは含みません。',
  },
  formula: {
    en: 'closing MRR of the accounts with opening MRR / their opening MRR',
    ja: '期首MRRのあるアカウントの期末MRR ÷ その期首MRR',
  },
  source: 'nobishiro/1: closed cohort, point to point',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'RETENTION',
  capability: 'nrr',
  needs: 'spans',
  windows: [12, 3, 1],
  value: (spans) =>
    ratio(money(labels.cohortClosing, spans.closing), money(labels.cohortOpening, spans.opening), 'NO_OPENING_MRR'),
  evidence: {
    by: 'SPANS',
    numerator: (span) => span.closing,
    denominator: (span) => span.opening,
    landsOn: 'DIFFERENCE',
  },
  sentence: {
    en: '{accounts} accounts paid {denominator} a month at the end of {from}; the same accounts paid {numerator} at the end of {to}: {value}.',
    ja: '{from}末に月額 {denominator} を支払っていた{accounts}アカウントは、{to}末に月額 {numerator} を支払っています（{value}）。',
  },
})
