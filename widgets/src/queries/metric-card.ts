import type { Compare, MetricCard, MetricKey } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import { askMetricCard } from './metric-batch.ts'
import type { Scope } from './scope.ts'

export interface CardVariables extends Scope {
  metric: MetricKey
  compare: Compare
  window?: number | undefined
}

/** One metric, month by month. Cards that mount together are asked for together. */
export function metricCardQuery(client: WidgetClient, { metric, window, ...rest }: CardVariables): Ask<MetricCard> {
  const question = { ...rest, ...(window !== undefined && { window }) }
  return {
    queryKey: queryKey('metricCard', { metric, ...question }),
    queryFn: ({ signal }) => askMetricCard(client, metric, question, signal),
  }
}
