import { visitLanded } from '../../facts/landings.ts'
import { labels } from '../labels.ts'
import { money, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** How many times the MRR of paying accounts has grown since their first paid close. */
export const landAndExpandMrr = defineMetric({
  key: 'landAndExpandMrr',
  label: { en: 'Land and expand (MRR)', ja: 'ランド＆エクスパンド（MRR）' },
  description: {
    en: 'How many times the MRR that accounts landed with they pay now, over the accounts that pay at the end.',
    ja: '期末に支払いのあるアカウントのMRRが、最初に有料になった月末のMRRの何倍になったかを示します。',
  },
  formula: {
    en: 'closing MRR / MRR of the same accounts at their first paid close',
    ja: '期末MRR ÷ 同じアカウントの最初の有料月末のMRR',
  },
  source: "nobishiro/1: both ends at the rates of each account's first paid close",
  unit: 'MULTIPLE',
  better: 'HIGHER',
  topic: 'GROWTH',
  needs: 'sums',
  inputs: {
    now: { label: labels.landedNow, unit: 'MONEY' },
    landed: { label: labels.landedMrr, unit: 'MONEY' },
  },
  gather: ({ slice, periods }, add) => {
    const closes = periods.map(({ end }) => end - 1)
    visitLanded(slice, closes, ({ account, landedMrr, mrr }, period) => {
      add('now', period, mrr, account)
      add('landed', period, landedMrr, account)
    })
  },
  value: ({ now, landed }) =>
    ratio(money(labels.landedNow, now), money(labels.landedMrr, landed), 'NO_PAYING_ACCOUNTS'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: '{accounts} accounts landed with {denominator} a month and paid {numerator} at the end of {to}: {value}.',
    ja: '{accounts}アカウントの月額は、利用開始時の {denominator} から{to}末には {numerator} になりました（{value}）。',
  },
})
