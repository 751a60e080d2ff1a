import { labels } from '../labels.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'
import { gatherUseOfSeats } from '../use-of-seats.ts'

/** How many of the purchased seats are given to a person. */
export const seatAssignment = defineMetric({
  key: 'seatAssignment',
  label: { en: 'Seats assigned', ja: '席の割り当て率' },
  description: {
    en: 'How many of the purchased seats are given to a person, over the accounts that report it.',
    ja: '購入席数のうち利用者に割り当てられている席の割合です。割り当て状況が報告されたアカウントだけを対象にします。',
  },
  formula: {
    en: 'assigned seats as reported last in the month / purchased seats of the same accounts at the close',
    ja: '月内に最後に報告された割り当て済みの席数 ÷ 同じアカウントの期末の購入席数',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'SEATS',
  capability: 'seats',
  needs: 'sums',
  inputs: {
    used: { label: { en: 'Assigned seats', ja: '割り当て済みの席数' }, unit: 'COUNT' },
    purchased: { label: labels.seats, unit: 'COUNT' },
  },
  gather: gatherUseOfSeats('assigned'),
  value: ({ used, purchased }) =>
    ratio(count({ en: 'Assigned seats', ja: '割り当て済みの席数' }, used), count(labels.seats, purchased), 'NO_USAGE'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: '{numerator} of {denominator} purchased seats were assigned in {to}: {value}.',
    ja: '{to}は、購入席数{denominator}のうち{numerator}席が割り当てられています（{value}）。',
  },
})
