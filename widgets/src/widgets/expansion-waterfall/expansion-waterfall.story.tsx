import { ForbiddenError, NetworkError } from '@nobishiro/sdk'
import { aWaterfall, type WaterfallOptions } from '../../testing/a-waterfall.ts'
import { anExpansionExplanation } from '../../testing/an-explanation.ts'
import type { Stories } from '../../testing/story.tsx'
import { ExpansionWaterfall } from './expansion-waterfall.tsx'

const MONTH: WaterfallOptions = {
  changes: { NEW: 31_200, EXPANSION: 54_000, REACTIVATION: 3_500, CONTRACTION: -9_800, CHURN: -14_200 },
  strategies: { SEAT: 24_600, UPSELL: 18_100, FEATURE: 7_300, CONTRACT_VALUE: 4_000 },
}

const COHORT: WaterfallOptions = {
  population: 'COHORT',
  opening: 760_600,
  changes: { EXPANDED: 139_215, CONTRACTED: -22_100, LOST: -22_800 },
}

const LONG = [
  '株式会社日本総合エネルギーソリューションズ西日本',
  '有限会社北浜フーズホールディングス',
  'ノースウインド物流',
]

const times = (options: WaterfallOptions, factor: number): WaterfallOptions => ({
  ...options,
  opening: (options.opening ?? 842_000) * factor,
  changes: Object.fromEntries(Object.entries(options.changes).map(([key, value]) => [key, value * factor])),
  strategies: Object.fromEntries(Object.entries(options.strategies ?? {}).map(([key, value]) => [key, value * factor])),
})

const story = (options: WaterfallOptions) => ({
  answers: { waterfall: aWaterfall(options) },
  render: () => <ExpansionWaterfall />,
})

export const stories: Stories = {
  ready: story(MONTH),
  cohort: { answers: { waterfall: aWaterfall(COHORT) }, render: () => <ExpansionWaterfall population="COHORT" /> },
  'every step': story({
    ...MONTH,
    changes: { ...MONTH.changes, EXPANSION: 56_100, FX: -6_400 },
    strategies: {
      SEAT: 24_600,
      UPSELL: 18_100,
      CROSS_SELL: 9_000,
      FEATURE: 7_300,
      USAGE: 2_500,
      GEOGRAPHIC: -1_900,
      CONTRACT_VALUE: -3_500,
    },
  }),
  'one strategy': story({ ...MONTH, strategies: { SEAT: 54_000 } }),
  'yen, long names': story({ ...times(MONTH, 150), currency: 'JPY', names: LONG }),
  'several currencies': story({
    ...times(MONTH, 150),
    changes: { ...times(MONTH, 150).changes, FX: 2_310_000 },
    currency: 'JPY',
  }),
  'no rate': story({ changes: {}, reason: 'NO_RATE' }),
  'huge yen': story({ ...times(MONTH, 350_000), currency: 'JPY' }),
  small: story({ opening: 120, changes: { NEW: 40, EXPANSION: 12.5, CHURN: -20 }, strategies: { SEAT: 12.5 } }),
  'from nothing': story({ opening: 0, changes: { NEW: 8_400 } }),
  'all lost': story({ opening: 8_400, changes: { CONTRACTION: -2_000, CHURN: -6_400 } }),
  falling: story({
    ...MONTH,
    changes: { NEW: 2_000, EXPANSION: 9_000, CONTRACTION: -88_000, CHURN: -140_000 },
    strategies: { SEAT: 9_000 },
  }),
  partial: story({ ...MONTH, completeness: 'PARTIAL' }),
  restated: story({ ...MONTH, completeness: 'RESTATED' }),
  loading: { answers: { waterfall: 'pending' }, render: () => <ExpansionWaterfall /> },
  empty: story({ opening: 0, changes: {} }),
  error: { answers: { waterfall: new NetworkError('No answer.') }, render: () => <ExpansionWaterfall /> },
  denied: { answers: { waterfall: new ForbiddenError('No.') }, render: () => <ExpansionWaterfall /> },
  'explain drawer': {
    answers: { waterfall: aWaterfall(MONTH), explain: anExpansionExplanation() },
    render: () => <ExpansionWaterfall />,
    press: 'explain',
  },
}
