import { ForbiddenError, RateLimitedError, SessionExpiredError } from '@nobishiro/sdk'
import { aCard, type CardOptions } from '../../testing/a-metric.ts'
import { aMovement, anExplanation } from '../../testing/an-explanation.ts'
import type { Stories } from '../../testing/story.tsx'
import { MetricCard } from './metric-card.tsx'

const NRR = [1.04, 1.052, 1.038, 1.06, 1.071, 1.064, 1.082, 1.09, 1.104, 1.098, 1.115, 1.124]
const MRR = [612, 631, 644, 660, 671, 702, 718, 733, 760, 781, 812, 842].map((thousands) => thousands * 1000)
const CHURN = [0.021, 0.018, 0.019, 0.016, 0.022, 0.014, 0.017, 0.013, 0.015, 0.012, 0.011, 0.016]

const money: CardOptions = { unit: 'MONEY' }
const page = { hasNextPage: false, endCursor: null }
const movements = {
  totalCount: 1,
  edges: [{ cursor: '1', node: aMovement('Aozora', 49_040) }],
  pageInfo: page,
  totals: [],
  view: 'NOBISHIRO',
}

export const stories: Stories = {
  ready: { answers: { cards: [aCard('mrr', MRR, money)] }, render: () => <MetricCard metric="mrr" /> },
  retention: { answers: { cards: [aCard('nrr', NRR, { window: 12 })] }, render: () => <MetricCard metric="nrr" /> },
  'less is better, and it rose': {
    answers: { cards: [aCard('revenueChurnRate', CHURN, { better: 'LOWER' })] },
    render: () => <MetricCard metric="revenueChurnRate" />,
  },
  'a target and what is published': {
    answers: {
      cards: [
        aCard('nrr', NRR, {
          window: 12,
          target: '1.15',
          benchmark: { low: '1.0', high: '1.1', source: { en: 'a published survey', ja: '公表された調査' } },
        }),
      ],
    },
    render: () => <MetricCard metric="nrr" />,
  },
  'neither is better': {
    answers: {
      cards: [
        aCard(
          'expansionShare',
          NRR.map((value) => value - 0.4),
          { better: 'NEITHER' },
        ),
      ],
    },
    render: () => <MetricCard metric="expansionShare" />,
  },
  'a year ago': {
    answers: {
      cards: [
        aCard(
          'seats',
          [...MRR, ...MRR].map((value, index) => Math.round(value / 700) + index * 9),
          { unit: 'COUNT', compare: 'YEAR_AGO' },
        ),
      ],
    },
    render: () => <MetricCard metric="seats" compare="YEAR_AGO" />,
  },
  'by week': {
    answers: { cards: [aCard('mrr', MRR, { ...money, bucket: 'WEEK' })] },
    render: () => <MetricCard metric="mrr" bucket="WEEK" />,
  },
  'a multiple': {
    answers: {
      cards: [
        aCard(
          'quickRatio',
          CHURN.map((value) => value * 220),
          { unit: 'MULTIPLE' },
        ),
      ],
    },
    render: () => <MetricCard metric="quickRatio" />,
  },
  'through zero': {
    answers: {
      cards: [
        aCard('fx', [1200, -340, -900, 410, 0, 220, 1900, -50, 630, -1210, 90, -420], { ...money, better: 'NEITHER' }),
      ],
    },
    render: () => <MetricCard metric="fx" />,
  },
  'yen by the hundred million': {
    answers: {
      cards: [
        aCard(
          'mrr',
          MRR.map((value) => value * 1800),
          { ...money, currency: 'JPY' },
        ),
      ],
    },
    render: () => <MetricCard metric="mrr" />,
  },
  unchanged: {
    answers: { cards: [aCard('seats', Array(12).fill(480), { unit: 'COUNT' })] },
    render: () => <MetricCard metric="seats" />,
  },
  'nothing before': {
    answers: { cards: [aCard('nrr', [...Array(11).fill(null), 1.03], { window: 12 })] },
    render: () => <MetricCard metric="nrr" />,
  },
  partial: {
    answers: { cards: [aCard('mrr', MRR, { ...money, completeness: 'PARTIAL' })] },
    render: () => <MetricCard metric="mrr" />,
  },
  restated: {
    answers: { cards: [aCard('mrr', MRR, { ...money, completeness: 'RESTATED' })] },
    render: () => <MetricCard metric="mrr" />,
  },
  undefined: {
    answers: { cards: [aCard('nrr', Array(12).fill(null), { window: 12, reason: 'NOT_ENOUGH_HISTORY' })] },
    render: () => <MetricCard metric="nrr" />,
  },
  'undefined at the end': {
    answers: {
      cards: [
        aCard('quickRatio', [...CHURN.slice(0, 11).map((value) => value * 220), null], {
          unit: 'MULTIPLE',
          reason: 'NO_LOSS',
        }),
      ],
    },
    render: () => <MetricCard metric="quickRatio" />,
  },
  loading: { answers: { cards: 'pending' }, render: () => <MetricCard metric="mrr" /> },
  empty: { answers: { cards: [aCard('mrr', [], money)] }, render: () => <MetricCard metric="mrr" /> },
  error: {
    answers: { cards: new RateLimitedError('Too much.', { retryAfter: 12, requestId: 'req_7f3a' }) },
    render: () => <MetricCard metric="mrr" />,
  },
  denied: {
    answers: { cards: new ForbiddenError('No.', { requestId: 'req_91c2' }) },
    render: () => <MetricCard metric="nrr" />,
  },
  expired: { answers: { cards: new SessionExpiredError('Over.') }, render: () => <MetricCard metric="mrr" /> },
  'explain drawer': {
    answers: { cards: [aCard('nrr', NRR, { window: 12 })], explain: (after) => anExplanation('nrr', after), movements },
    render: () => <MetricCard metric="nrr" />,
    press: 'explain',
  },
  menu: { answers: { cards: [aCard('mrr', MRR, money)] }, render: () => <MetricCard metric="mrr" />, press: 'menu' },
}
