import type { Compare, DateRange, MetricKey } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { type CardBucket, metricCardQuery } from '../../queries/metric-card.ts'
import { rangeless, useScope } from '../../queries/scope.ts'
import { metricState } from '../../queries/use-metric.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import { MetricCardView } from './metric-card-view.tsx'

/** A month, or a week, that was chosen in a card, and its value; null where it has none. */
export interface MetricCardDatum {
  metric: MetricKey
  /** First day of the month; of a week, its Monday. */
  month: string
  value: number | null
}

export interface MetricCardProps {
  /** Any registered metric: 'mrr', 'nrr', 'quickRatio', … */
  metric: MetricKey
  /** Months to look back over, for a metric that has windows. Default: the metric's own. */
  window?: number | undefined
  /** One step of the line: a month (default), or a week from Monday to Sunday. A number of a week does not open. */
  bucket?: CardBucket | undefined
  /** Months of the line; the last of them is the number. Default: the provider's, else the last 12 complete months. By week, from a Monday to another; default: the last 12 complete weeks. */
  range?: DateRange | undefined
  /** What the number is set beside: the month before (default), or the same month a year earlier. Of a week, the week before or the one 52 weeks earlier. */
  compare?: Compare | undefined
  onSelect?: ((datum: MetricCardDatum) => void) | undefined
}

/** Any registered metric: its value, how it changed and whether that is good news, and its months or weeks. */
export function MetricCard(props: MetricCardProps) {
  return (
    <ServerBoundary fallback={<MetricCardView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: MetricCardProps) {
  const { metric, window, bucket = 'MONTH', range, compare = 'PREVIOUS' } = props
  const settings = useSettings('MetricCard')
  const scope = useScope(rangeless(settings, bucket), range)
  const ask = metricCardQuery(settings.client, { metric, window, bucket, compare, ...scope })
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="MetricCard" queryKey={ask.queryKey}>
      <MetricCardView {...props} state={metricState(query)} />
    </Delivered>
  )
}
