import { visitSeats } from '../../facts/seats.ts'
import { labels } from '../labels.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** How much the purchased seats grew over the period. */
export const seatGrowth = defineMetric({
  key: 'seatGrowth',
  label: { en: 'Seat growth', ja: '席数の成長率' },
  description: {
    en: 'How much the purchased seats grew from the start of the period to its end, over all accounts.',
    ja: '期首から期末までに、全アカウントの購入席数がどれだけ増えたかの割合です。',
  },
  formula: {
    en: '(purchased seats at the close - at the opening) / at the opening',
    ja: '（期末の購入席数 − 期首の購入席数）÷ 期首の購入席数',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'SEATS',
  capability: 'seats',
  needs: 'sums',
  byWeek: true,
  inputs: {
    closing: { label: labels.seats, unit: 'COUNT' },
    opening: { label: labels.openingSeats, unit: 'COUNT' },
  },
  gather: ({ slice, periods }, add) => {
    const closes = periods.flatMap(({ start, end }) => [start - 1, end - 1])
    visitSeats(slice, closes, (account, close, seats) => {
      add(close % 2 === 0 ? 'opening' : 'closing', Math.floor(close / 2), seats, account)
    })
  },
  value: ({ opening, closing }) =>
    ratio(
      count({ en: 'Seats gained', ja: '増えた席数' }, closing - opening),
      count(labels.openingSeats, opening),
      'NO_SEATS',
    ),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'Of {denominator} purchased seats at the end of {from}, growth to the end of {to} was {numerator}: {value}.',
    ja: '{from}末の購入席数{denominator}に対し、{to}末までに{numerator}増えました（{value}）。',
  },
})
