import { aStore, type Change } from '../../../facts/testing/a-store.ts'
import { type Example, MAJOR, MINOR, RATIO } from './example.ts'
import { closings, december, flows, ratio, steps } from './example-tools.ts'

/** So many accounts of one minor unit, of which some leave on a day. */
const crowd = (prefix: string, count: number, from: string, until?: string): Change[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`).flatMap((id): Change[] =>
    until
      ? [
          [id, from, 1],
          [id, until, -1],
        ]
      : [[id, from, 1]],
  )

/** What rates and averages make of given flows. */
export const ratioExamples: Example[] = [
  {
    id: 'stripe-rollforward-fx',
    ours: () =>
      steps(flows({ opening: 1000, new: 100, expansion: 50, contraction: 40, churn: 60 }), december)['CLOSING'],
    within: MINOR,
    differs: {
      expected: 1050,
      because: 'All in one currency: without rates no FX line stands beside the movements, here -5.',
    },
  },
  {
    id: 'stripe-arpu',
    ours: () =>
      ratio(aStore({ changes: crowd('a', 100, december).map(([id, day]) => [id, day, 50_000]) }), 'arpa', december),
    within: MAJOR,
  },
  {
    id: 'stripe-subscriber-churn',
    ours: () =>
      ratio(
        aStore({
          changes: [
            ...crowd('stays', 900, '2024-11-05'),
            ...crowd('leaves', 100, '2024-11-05', '2024-12-05'),
            ...crowd('new', 100, december),
          ],
        }),
        'logoChurnRate',
        december,
      ),
    within: RATIO,
    differs: {
      expected: 0.1,
      because: 'We divide by the accounts of the opening; this vendor adds those won in the period.',
    },
  },
  {
    id: 'stripe-subscriber-cohort',
    ours: () => {
      const days = ['2024-02-10', '2024-03-10', '2024-04-10', '2024-05-10', '2024-06-10']
      let left = 100_000
      const changes: Change[] = [['all', '2024-01-10', left]]
      for (const day of days) {
        changes.push(['all', day, -left / 10])
        left -= left / 10
      }
      return closings(aStore({ changes }), days).map((closing) => closing / 100_000)
    },
    within: RATIO,
  },
  {
    id: 'cm-net-churn',
    ours: () => ratio(flows({ opening: 100, churn: 10, contraction: 10, expansion: 10 }), 'netMrrChurnRate', december),
    within: RATIO,
  },
  {
    id: 'cm-gross-churn',
    ours: () => {
      const store = flows({ opening: 100, churn: 10, contraction: 10 })
      return ratio(store, 'revenueChurnRate', december) + ratio(store, 'contractionRate', december)
    },
    within: RATIO,
  },
  {
    id: 'cm-shopify-net',
    ours: () => ratio(flows({ opening: 100, new: 10, expansion: 10 }), 'netMrrChurnRate', december),
    within: RATIO,
  },
  {
    id: 'cm-real-2022-05',
    ours: () => {
      const store = flows({
        ...{ opening: 383_859_969, new: 572_899, expansion: 286_342_340 },
        ...{ contraction: 226_820, churn: 64_750, reactivation: 5_000 },
      })
      return {
        // What the movements do not explain of the published closing is its FX.
        fx_residual: 670_280_904 - (steps(store, december)['CLOSING'] ?? 0),
        net_churn_pct: Math.round(ratio(store, 'netMrrChurnRate', december) * 10_000) / 100,
      }
    },
    within: RATIO,
  },
  {
    id: 'nrr-pitchkit',
    ours: () =>
      ratio(flows({ opening: 100_000, expansion: 15_000, contraction: 3_000, churn: 5_000 }), 'nrr', december, 12),
    within: RATIO,
  },
  {
    id: 'qr-pitchkit',
    ours: () => ratio(flows({ opening: 100, new: 20, expansion: 8, churn: 5, contraction: 3 }), 'quickRatio', december),
    within: RATIO,
  },
  {
    id: 'qr-caculator',
    ours: () =>
      ratio(flows({ opening: 100, new: 50, expansion: 15, churn: 10, contraction: 3 }), 'quickRatio', december),
    within: RATIO,
  },
  {
    id: 'nrr-monetizely',
    ours: () =>
      ratio(flows({ opening: 100_000, expansion: 15_000, contraction: 5_000, churn: 10_000 }), 'nrr', december, 12),
    within: RATIO,
  },
  {
    id: 'polar-churn',
    ours: () => {
      const store = aStore({
        changes: [...crowd('stays', 1, '2023-12-01'), ...crowd('leaves', 1, '2023-12-01', '2024-03-01')],
      })
      return ['2024-01-01', '2024-02-01', '2024-03-01'].map((month) => ratio(store, 'logoChurnRate', month))
    },
    within: RATIO,
  },
]
