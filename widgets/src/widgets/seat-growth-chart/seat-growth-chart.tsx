import type { DateRange } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import { seatGrowthQuery } from '../../queries/seat-growth.ts'
import { seatGrowthState } from '../../queries/use-seat-growth.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import { SeatGrowthChartView } from './seat-growth-chart-view.tsx'

/** What was chosen in the seat chart. */
export type SeatGrowthDatum =
  | { part: 'month'; month: string; purchased: number; active: number | null }
  | { part: 'account'; accountId: string; externalId: string; landed: number; now: number }

export interface SeatGrowthChartProps {
  /** Months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
  /** How many of the accounts that grew most stand beside it. Default 5; 0 hides them. */
  landings?: number | undefined
  onSelect?: ((datum: SeatGrowthDatum) => void) | undefined
}

/** Purchased seats by plan, seats in use, the room between, and the accounts that grew most. */
export function SeatGrowthChart(props: SeatGrowthChartProps) {
  return (
    <ServerBoundary fallback={<SeatGrowthChartView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: SeatGrowthChartProps) {
  const settings = useSettings('SeatGrowthChart')
  const scope = useScope(settings, props.range)
  const ask = seatGrowthQuery(settings.client, scope)
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="SeatGrowthChart" queryKey={ask.queryKey}>
      <SeatGrowthChartView {...props} state={seatGrowthState(query)} />
    </Delivered>
  )
}
