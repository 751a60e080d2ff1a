import { ForbiddenError, RateLimitedError, SessionExpiredError } from '@nobishiro/sdk'
import { aSeries, type ValueOptions } from '../../testing/a-metric.ts'
import { aMovement, anExplanation } from '../../testing/an-explanation.ts'
import type { Stories } from '../../testing/story.tsx'
import { NrrGauge } from './nrr-gauge.tsx'

const NRR = [1.04, 1.052, 1.038, 1.06, 1.071, 1.064, 1.082, 1.09, 1.104, 1.098, 1.115, 1.124]
const GRR = [0.928, 0.931, 0.925, 0.93, 0.934, 0.931, 0.936, 0.935, 0.939, 0.937, 0.94, 0.941]

const answers = (nrr: (number | null)[], grr: (number | null)[], last?: ValueOptions) => ({
  metrics: [aSeries('nrr', nrr, last), aSeries('grr', grr, last)],
})

const scaled = (factor: number) => NRR.map((value) => 1 + (value - 1) * factor)

const page = { hasNextPage: false, endCursor: null }
const movements = {
  totalCount: 1,
  edges: [{ cursor: '1', node: aMovement('Aozora', 49_040) }],
  pageInfo: page,
  totals: [],
  view: 'NOBISHIRO',
}

const evidence = (key: 'nrr' | 'grr') => ({
  ...answers(NRR, GRR),
  explain: (after?: string | null) => anExplanation(key, after),
  movements,
})

export const stories: Stories = {
  ready: { answers: answers(NRR, GRR), render: () => <NrrGauge target={1.2} /> },
  'target reached': { answers: answers(NRR, GRR), render: () => <NrrGauge target={1.1} /> },
  'below 100': {
    answers: answers(
      NRR.map((value) => value - 0.18),
      GRR.map((value) => value - 0.06),
    ),
    render: () => <NrrGauge target={1.05} />,
  },
  huge: { answers: answers(scaled(15.5), GRR), render: () => <NrrGauge target={3.5} /> },
  'very huge': {
    answers: answers(
      scaled(150),
      GRR.map(() => 1),
    ),
    render: () => <NrrGauge />,
  },
  'gross retention': { answers: answers(NRR, GRR), render: () => <NrrGauge metric="grr" target={0.95} /> },
  partial: { answers: answers(NRR, GRR, { completeness: 'PARTIAL' }), render: () => <NrrGauge target={1.2} /> },
  restated: { answers: answers(NRR, GRR, { completeness: 'RESTATED' }), render: () => <NrrGauge target={1.2} /> },
  'one month': { answers: answers([1.02], [0.99]), render: () => <NrrGauge window={1} /> },
  undefined: {
    answers: answers(Array(12).fill(null), Array(12).fill(null), { reason: 'NOT_ENOUGH_HISTORY' }),
    render: () => <NrrGauge target={1.2} />,
  },
  'first values': {
    answers: answers(
      [...Array(8).fill(null), 0.91, 0.97, 1.01, 1.03],
      [...Array(8).fill(null), 0.9, 0.92, 0.93, 0.935],
    ),
    render: () => <NrrGauge target={1.2} />,
  },
  loading: { answers: { metrics: 'pending' }, render: () => <NrrGauge target={1.2} /> },
  empty: { answers: { metrics: [] }, render: () => <NrrGauge target={1.2} /> },
  error: {
    answers: { metrics: new RateLimitedError('Too much.', { retryAfter: 12, requestId: 'req_7f3a' }) },
    render: () => <NrrGauge />,
  },
  denied: { answers: { metrics: new ForbiddenError('No.', { requestId: 'req_91c2' }) }, render: () => <NrrGauge /> },
  expired: { answers: { metrics: new SessionExpiredError('Over.') }, render: () => <NrrGauge /> },
  'explain drawer': { answers: evidence('nrr'), render: () => <NrrGauge target={1.2} />, press: 'explain' },
  'explain drawer of gross retention': {
    answers: evidence('grr'),
    render: () => <NrrGauge metric="grr" />,
    press: 'explain',
  },
  'explain drawer without answer': {
    answers: { ...answers(NRR, GRR), explain: new RateLimitedError('Too much.') },
    render: () => <NrrGauge target={1.2} />,
    press: 'explain',
  },
  menu: { answers: answers(NRR, GRR), render: () => <NrrGauge target={1.2} />, press: 'menu' },
}
