import type { Bucket, Compare, MetricCard, MetricKey } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import { askMetricCard } from './metric-batch.ts'
import type { Scope } from './scope.ts'

/** What one step of a card's line is. */
export type CardBucket = Extract<Bucket, 'MONTH' | 'WEEK'>

export interface CardVariables extends Scope {
  metric: MetricKey
  compare: Compare
  window?: number | undefined
  bucket?: CardBucket | undefined
}

/** One metric, month by month or week by week. Cards that mount together are asked for together. */
export function metricCardQuery(
  client: WidgetClient,
  { metric, window, bucket, ...rest }: CardVariables,
): Ask<MetricCard> {
  const question = { ...rest, ...(window !== undefined && { window }), ...(bucket === 'WEEK' && { bucket }) }
  return {
    queryKey: queryKey('metricCard', { metric, ...question }),
    queryFn: ({ signal }) => askMetricCard(client, metric, question, signal),
  }
}
