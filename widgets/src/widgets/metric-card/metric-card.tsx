import type { Compare, DateRange, MetricKey } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { metricCardQuery } from '../../queries/metric-card.ts'
import { useScope } from '../../queries/scope.ts'
import { metricState } from '../../queries/use-metric.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import { MetricCardView } from './metric-card-view.tsx'

/** A month that was chosen in a card, and its value; null where it has none. */
export interface MetricCardDatum {
  metric: MetricKey
  month: string
  value: number | null
}

export interface MetricCardProps {
  /** Any registered metric: 'mrr', 'nrr', 'quickRatio', … */
  metric: MetricKey
  /** Months to look back over, for a metric that has windows. Default: the metric's own. */
  window?: number | undefined
  /** Months of the line; the last of them is the number. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
  /** What the number is set beside: the month before (default), or the same month a year earlier. */
  compare?: Compare | undefined
  onSelect?: ((datum: MetricCardDatum) => void) | undefined
}

/** Any registered metric: its value, how it changed and whether that is good news, and its months. */
export function MetricCard(props: MetricCardProps) {
  return (
    <ServerBoundary fallback={<MetricCardView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: MetricCardProps) {
  const { metric, window, range, compare = 'PREVIOUS' } = props
  const settings = useSettings('MetricCard')
  const scope = useScope(settings, range)
  const ask = metricCardQuery(settings.client, { metric, window, compare, ...scope })
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="MetricCard" queryKey={ask.queryKey}>
      <MetricCardView {...props} state={metricState(query)} />
    </Delivered>
  )
}
