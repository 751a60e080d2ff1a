import { type ExpansionStrategy, ForbiddenError, UnavailableError } from '@nobishiro/sdk'
import { aStrategyMix, type StrategyMixOptions } from '../../testing/a-strategy-mix.ts'
import { anExpansionExplanation } from '../../testing/an-explanation.ts'
import type { Stories } from '../../testing/story.tsx'
import { StrategyMix, type StrategyMixProps } from './strategy-mix.tsx'

type Parts = Partial<Record<ExpansionStrategy, number[]>>

const YEAR: Parts = {
  SEAT: [14_200, 15_800, 13_900, 18_400, 17_200, 21_900, 19_600, 22_400, 20_100, 23_800, 22_700, 24_600],
  UPSELL: [8_100, 9_600, 11_200, 7_400, 12_800, 13_100, 10_900, 15_200, 14_700, 12_300, 16_400, 18_100],
  FEATURE: [2_100, 0, 3_400, 2_900, 4_100, 3_800, 5_200, 4_600, 6_100, 5_700, 6_800, 7_300],
  CONTRACT_VALUE: [3_000, 2_400, 4_800, 1_900, 2_600, 5_100, 2_200, 3_700, 2_800, 3_100, 4_400, 4_000],
  CROSS_SELL: [0, 1_200, 0, 2_400, 0, 900, 0, 3_100, 0, 1_800, 0, 2_600],
  USAGE: [410, 380, 520, 610, 700, 640, 820, 910, 870, 1_020, 1_110, 1_240],
}

const times = (parts: Parts, factor: number): Parts =>
  Object.fromEntries(Object.entries(parts).map(([key, amounts]) => [key, amounts.map((amount) => amount * factor)]))

/** The same year three times, each larger than the one before. */
const THREE_YEARS: Parts = Object.fromEntries(
  Object.entries(YEAR).map(([key, amounts]) => [
    key,
    [0.5, 0.7, 1].flatMap((part) => amounts.map((one) => one * part)),
  ]),
)

const story = (parts: Parts, options: StrategyMixOptions = {}, props: StrategyMixProps = {}) => ({
  answers: { strategyMix: aStrategyMix(parts, options) },
  render: () => <StrategyMix {...props} />,
})

export const stories: Stories = {
  ready: story(YEAR),
  'yen by the ten thousand': story(times(YEAR, 150), { currency: 'JPY' }),
  'yen by the hundred million': story(times(YEAR, 90_000), { currency: 'JPY' }),
  'three years': story(THREE_YEARS, {}, { range: { start: '2023-11-01', end: '2026-11-01' } }),
  'by quarter': story(
    {
      SEAT: [32_000, 43_900, 57_500, 62_100, 24_600],
      UPSELL: [17_700, 31_400, 39_200, 43_400, 18_100],
      FEATURE: [2_100, 10_400, 15_900, 18_600, 7_300],
      GEOGRAPHIC: [9_800, 0, 0, 12_400, 0],
    },
    { months: ['2025-11-01', '2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'] },
    { bucket: 'QUARTER' },
  ),
  'by year': story(
    { SEAT: [188_000, 241_500, 322_100], UPSELL: [90_100, 131_400, 173_200], USAGE: [8_100, 12_000, 9_400] },
    { months: ['2023-04-01', '2024-04-01', '2025-04-01'] },
    { bucket: 'YEAR', range: { start: '2023-04-01', end: '2026-04-01' } },
  ),
  'parts below zero': story({
    SEAT: [24_600, 18_200, 9_100, 22_000, 26_500, 31_200],
    UPSELL: [12_100, 9_600, 15_200, 7_400, 11_800, 13_100],
    CONTRACT_VALUE: [-3_500, -6_900, -1_200, -8_800, 2_100, -4_400],
    GEOGRAPHIC: [0, -1_900, 0, 4_200, 0, 0],
    USAGE: [-900, 0, -650, 0, -1_100, 0],
  }),
  'all seven': story({
    ...YEAR,
    GEOGRAPHIC: [0, 0, 6_200, 0, 0, 0, 8_400, 0, 0, 0, 0, 5_100],
  }),
  'one strategy': story({ SEAT: YEAR.SEAT ?? [] }),
  sparse: story({ SEAT: [0, 0, 120, 0, 0, 0, 45.5, 0, 0, 0, 0, 0], USAGE: [0, 0, 0, 0, 12.25, 0, 0, 0, 0, 0, 0, 3] }),
  'one month': story({ SEAT: [24_600], UPSELL: [18_100], FEATURE: [7_300], CONTRACT_VALUE: [4_000] }),
  partial: story(YEAR, { last: 'PARTIAL' }),
  restated: story(YEAR, { last: 'RESTATED' }),
  loading: { answers: { strategyMix: 'pending' }, render: () => <StrategyMix /> },
  empty: story({ SEAT: Array(12).fill(0) }, { confirmedShare: null }),
  error: {
    answers: { strategyMix: new UnavailableError('Down.', { requestId: 'req_5c1d' }) },
    render: () => <StrategyMix />,
  },
  denied: { answers: { strategyMix: new ForbiddenError('No.') }, render: () => <StrategyMix /> },
  'explain drawer': {
    answers: { strategyMix: aStrategyMix(YEAR), explain: anExpansionExplanation() },
    render: () => <StrategyMix />,
    press: 'explain',
  },
}
