import { ForbiddenError, UnavailableError } from '@nobishiro/sdk'
import { aSeatGrowth, type SeatGrowthOptions } from '../../testing/a-seat-growth.ts'
import type { Stories } from '../../testing/story.tsx'
import { SeatGrowthChart } from './seat-growth-chart.tsx'

const story = (options: SeatGrowthOptions = {}) => ({
  answers: { seatGrowth: aSeatGrowth(options) },
  render: () => <SeatGrowthChart />,
})

export const stories: Stories = {
  ready: story(),
  'twelve months': story({ months: 12 }),
  'one plan': story({ plans: [['Standard', 320, 22]] }),
  'many plans': story({
    plans: [
      ['Enterprise', 900, 40],
      ['Business', 400, 20],
      ['Team', 220, 9],
      ['Starter', 120, 3],
      ['Education', 60, 2],
      ['Legacy', 30, -1],
    ],
  }),
  'use not known': story({ use: null }),
  'nearly full': story({ use: 0.98 }),
  small: story({ plans: [['Basic', 3, 0.4]], months: 12, landings: [['Aozora', 1, 3]] }),
  huge: story({
    plans: [
      ['Pro', 4_200_000, 90_000],
      ['Basic', 1_100_000, 12_000],
    ],
    landings: [
      ['Aozora', 3, 48_000],
      ['Kitahama Foods', 12_000, 96_000],
    ],
  }),
  'long names': story({
    plans: [
      ['エンタープライズプラン(年間契約)', 420, 18],
      ['スタンダードプラン', 210, 14],
    ],
    landings: [
      ['株式会社日本総合エネルギーソリューションズ西日本', 3, 50],
      ['有限会社北浜フーズホールディングス', 12, 96],
      ['青空', 5, 31],
    ],
  }),
  'one month': story({ months: 1 }),
  'no landings': story({ landings: [] }),
  partial: story({ isPartial: true, months: 12 }),
  restated: story({ restatedMonths: 3, months: 12 }),
  loading: { answers: { seatGrowth: 'pending' }, render: () => <SeatGrowthChart /> },
  empty: story({ plans: [], landings: [] }),
  error: {
    answers: { seatGrowth: new UnavailableError('Down.', { requestId: 'req_02bb' }) },
    render: () => <SeatGrowthChart />,
  },
  denied: { answers: { seatGrowth: new ForbiddenError('No.') }, render: () => <SeatGrowthChart /> },
}
