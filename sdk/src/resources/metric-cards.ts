import { MetricCardsDocument, type MetricCardsQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { MetricCard } from '../types.ts'

/**
 * What cards show of several metrics: one value a month with what it is compared with, and no terms. Beside the client, so that
 * only who asks for it loads it: `metricCardsOf(client, { keys: ['mrr', 'nrr'], compare: 'YEAR_AGO' })`.
 */
export const metricCardsOf = async (
  { query }: { query: Query },
  variables: MetricCardsQueryVariables,
  options?: RequestOptions,
): Promise<MetricCard[]> => (await query(MetricCardsDocument, variables, options)).metrics
