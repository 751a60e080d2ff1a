import { labels } from '../labels.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'
import { gatherUseOfSeats } from '../use-of-seats.ts'

/** How many of the purchased seats are in use. */
export const seatUtilisation = defineMetric({
  key: 'seatUtilisation',
  label: { en: 'Seat utilisation', ja: '席の利用率' },
  description: {
    en: 'How many of the purchased seats are in use, over the accounts that report it.',
    ja: '購入席数のうち実際に利用されている席の割合です。利用状況が報告されたアカウントだけを対象にします。',
  },
  formula: {
    en: 'active seats as reported last in the month / purchased seats of the same accounts at the close',
    ja: '月内に最後に報告された利用中の席数 ÷ 同じアカウントの期末の購入席数',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'SEATS',
  capability: 'seats',
  needs: 'sums',
  inputs: {
    used: { label: { en: 'Active seats', ja: '利用中の席数' }, unit: 'COUNT' },
    purchased: { label: labels.seats, unit: 'COUNT' },
  },
  gather: gatherUseOfSeats('active'),
  value: ({ used, purchased }) =>
    ratio(count({ en: 'Active seats', ja: '利用中の席数' }, used), count(labels.seats, purchased), 'NO_USAGE'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: '{numerator} of {denominator} purchased seats were active in {to}: {value}.',
    ja: '{to}は、購入席数{denominator}のうち{numerator}席が利用されています（{value}）。',
  },
})
