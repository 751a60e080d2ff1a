import { ForbiddenError, UnavailableError } from '@nobishiro/sdk'
import { aCohorts, type CohortsOptions } from '../../testing/a-cohort.ts'
import type { Stories } from '../../testing/story.tsx'
import { CohortHeatmap } from './cohort-heatmap.tsx'

const story = (options: CohortsOptions = {}, metric?: 'nrr' | 'grr') => ({
  answers: { cohorts: aCohorts(options) },
  render: () => <CohortHeatmap metric={metric} />,
})

export const stories: Stories = {
  ready: story(),
  'gross retention': story({}, 'grr'),
  'eighteen months': story({ count: 18 }),
  'few accounts': story({ accounts: [12, 3, 9, 0, 4, 1, 22, 7, 2, 0, 5, 6] }),
  'all of them few': story({ count: 6, accounts: [1, 2, 0, 1, 2, 1] }),
  'one month': story({ count: 1 }),
  'grown far': story({ growth: 1.35 }),
  yen: story({ currency: 'JPY', opening: 3_600_000 }),
  'a missing rate': story({ withoutRate: [2, 5] }),
  partial: story({ completeness: 'PARTIAL' }),
  loading: { answers: { cohorts: 'pending' }, render: () => <CohortHeatmap /> },
  empty: story({ accounts: Array(12).fill(0) }),
  error: {
    answers: { cohorts: new UnavailableError('Down.', { requestId: 'req_02bb' }) },
    render: () => <CohortHeatmap />,
  },
  denied: { answers: { cohorts: new ForbiddenError('No.') }, render: () => <CohortHeatmap /> },
  menu: { ...story(), press: 'menu' },
}
