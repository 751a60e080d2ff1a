import type { DateRange } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { nrrQuery } from '../../queries/nrr.ts'
import { useScope } from '../../queries/scope.ts'
import { retentionState } from '../../queries/use-nrr.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import type { GaugeMetric, GaugePart } from './gauge-model.ts'
import { NrrGaugeView } from './nrr-gauge-view.tsx'

/** What was chosen in the gauge. */
export type NrrGaugeDatum =
  | { part: 'whole' | GaugePart['key']; month: string; nrr: number | null; grr: number | null }
  | { part: 'month'; month: string; value: number | null }

export interface NrrGaugeProps {
  /** Which retention: net (default) or gross. */
  metric?: GaugeMetric | undefined
  /** A ratio to reach, such as 1.2 for 120 %. */
  target?: number | undefined
  /** Months to look back: 12 (default), 3 or 1. */
  window?: 1 | 3 | 12 | undefined
  /** Months of the line. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
  onSelect?: ((datum: NrrGaugeDatum) => void) | undefined
}

/** Net (or gross) revenue retention against 100 % and a target, with the months beneath. */
export function NrrGauge(props: NrrGaugeProps) {
  return (
    <ServerBoundary fallback={<NrrGaugeView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: NrrGaugeProps) {
  const { window = 12, range } = props
  const settings = useSettings('NrrGauge')
  const scope = useScope(settings, range)
  const ask = nrrQuery(settings.client, { window, ...scope })
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="NrrGauge" queryKey={ask.queryKey}>
      <NrrGaugeView {...props} state={retentionState(query, window)} />
    </Delivered>
  )
}
