import type { Compare, DateRange, MetricCard, MetricKey } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { type CardBucket, metricCardQuery } from './metric-card.ts'
import { rangeless, useScope } from './scope.ts'
import { useHookQuery } from './use-widget-query.ts'
import { type Asked, type WidgetState, widgetState } from './widget-state.ts'

export interface MetricOptions {
  /** Months to look back over, for a metric that has windows. Default: the metric's own. */
  window?: number | undefined
  /** By month (default), or by week from Monday to Sunday. */
  bucket?: CardBucket | undefined
  /** Months to show. Default: the provider's, else the last 12 complete months. By week, from a Monday to another; default: the last 12 complete weeks. */
  range?: DateRange | undefined
  /** What each month is set beside: the month before (default), or the same month a year earlier. Of a week, the week before or the one 52 weeks earlier. */
  compare?: Compare | undefined
}

/** The state of an answered, pending or failed question for a metric. */
export function metricState(query: Asked<MetricCard>): WidgetState<MetricCard> {
  return widgetState(query, (card) => ({
    data: card,
    isEmpty: card.values.length === 0,
    isPartial: card.values.at(-1)?.completeness === 'PARTIAL',
  }))
}

/** Any registered metric per month, or per week, with what it is compared with, for a picture of your own. */
export function useMetric(
  metric: MetricKey,
  { window, bucket = 'MONTH', range, compare = 'PREVIOUS' }: MetricOptions = {},
): WidgetState<MetricCard> {
  const settings = useSettings('useMetric')
  const scope = useScope(rangeless(settings, bucket), range)
  const ask = metricCardQuery(settings.client, { metric, window, bucket, compare, ...scope })
  return metricState(useHookQuery(settings, ask))
}
