import { visitLanded } from '../../facts/landings.ts'
import { labels } from '../labels.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** How many times the seats of paying accounts have grown since their first paid close. */
export const landAndExpand = defineMetric({
  key: 'landAndExpand',
  label: { en: 'Land and expand (seats)', ja: 'ランド＆エクスパンド（席数）' },
  description: {
    en: 'How many times the seats that accounts landed with they hold now, over the accounts that pay at the end.',
    ja: '期末に支払いのあるアカウントの席数が、最初に有料になった月末の席数の何倍になったかを示します。',
  },
  formula: {
    en: 'seats at the close / seats of the same accounts at their first paid close',
    ja: '期末の席数 ÷ 同じアカウントの最初の有料月末の席数',
  },
  source: 'nobishiro/1',
  unit: 'MULTIPLE',
  better: 'HIGHER',
  topic: 'SEATS',
  capability: 'seats',
  needs: 'sums',
  inputs: {
    now: { label: labels.seats, unit: 'COUNT' },
    landed: { label: labels.landedSeats, unit: 'COUNT' },
  },
  gather: ({ slice, periods }, add) => {
    const closes = periods.map(({ end }) => end - 1)
    visitLanded(slice, closes, ({ account, landedSeats, seats }, period) => {
      if (landedSeats === 0) return
      add('now', period, seats, account)
      add('landed', period, landedSeats, account)
    })
  },
  value: ({ now, landed }) => ratio(count(labels.seats, now), count(labels.landedSeats, landed), 'NO_SEATS'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: '{accounts} accounts landed with {denominator} seats and held {numerator} at the end of {to}: {value}.',
    ja: '{accounts}アカウントの席数は、利用開始時の{denominator}から{to}末には{numerator}になりました（{value}）。',
  },
})
