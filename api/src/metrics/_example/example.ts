import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/**
 * A template: copy the folder, rename it after the key in kebab-case, and add one line to registry.ts. The enum of the API,
 * the type of the SDK and `<MetricCard metric="…">` follow from the registry (pnpm generate).
 */
export const newShare = defineMetric({
  // The name users write. It never changes once published.
  key: 'newShare',
  // Both languages are equals: meaning, not word for word.
  label: { en: 'New share of growth', ja: '成長に占める新規の割合' },
  description: {
    en: 'How much of the MRR gained in the period came from new accounts.',
    ja: '期中に得たMRRのうち、新規アカウントが占める割合です。',
  },
  formula: { en: 'new / (new + expansion + reactivation)', ja: '新規 ÷（新規＋拡大＋再開）' },
  // Where the definition comes from, and what was chosen where vendors differ.
  source: 'nobishiro/1',
  // MONEY, RATIO (shown as a percentage), MULTIPLE (x 3.5), COUNT or NUMBER (14.3).
  unit: 'RATIO',
  // Which direction is good news: HIGHER, LOWER, or NEITHER where it depends.
  better: 'NEITHER',
  // Where lists of metrics show it: REVENUE, RETENTION, GROWTH, ACCOUNTS or SEATS.
  topic: 'GROWTH',
  // Not here: `capability`, for what only some embed sessions may see ('nrr', 'seats', 'costs').
  // 'flows': levels and movements of a period. 'spans': the cohort of T-n, point to point; then `windows` too. 'sums': sums of your own.
  needs: 'flows',
  // Terms, never a quotient: value, explanation and total all come from them. Name the reason for a missing base.
  value: (flows) =>
    ratio(
      money(labels.new, flows.new),
      money(labels.grossNew, flows.new + flows.expansion + flows.reactivation),
      'NO_EXPANSION',
    ),
  // What the number is traced to. `explain` adds it up and says whether it lands on the terms.
  evidence: { by: 'MOVEMENTS', numerator: ['NEW'], denominator: ['NEW', 'EXPANSION', 'REACTIVATION'] },
  // One sentence with {numerator} {denominator} {value} {accounts} {from} {to}.
  sentence: {
    en: '{numerator} of the {denominator} gained in {to} came from new accounts: {value}.',
    ja: '{to}に得た {denominator} のうち、{numerator} は新規アカウントによるものです（{value}）。',
  },
})
