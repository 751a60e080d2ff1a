import { labels } from '../labels.ts'
import { amount, money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** MRR as it will be once all that is agreed has happened. */
export const committedMrr = defineMetric({
  key: 'committedMrr',
  label: { en: 'Committed MRR', ja: 'コミット済みMRR' },
  description: {
    en: 'MRR plus what is signed and not yet started, less what is already cancelled or downgraded for a later day.',
    ja: 'MRRに契約済みで未開始の分を加え、将来の日付で予定されている解約・減額を差し引いた額です。',
  },
  formula: {
    en: 'MRR at the close + signed, not yet started - scheduled cancellations and downgrades',
    ja: '期末MRR ＋ 契約済み・未開始 − 予定された解約・減額',
  },
  source: 'nobishiro/1',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'REVENUE',
  needs: 'flows',
  value: ({ closing, pending }) => amount(money(labels.committedMrr, closing + pending)),
  evidence: { by: 'SPANS', numerator: (span) => span.closing + span.pending, landsOn: 'NUMERATOR', outlook: true },
  sentence: {
    en: '{accounts} accounts are committed to {numerator} a month at the end of {to}.',
    ja: '{to}末の時点で{accounts}アカウントが月額 {numerator} を約束しています。',
  },
})
