import type { DateRange, SeatGrowth } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { useScope } from './scope.ts'
import { seatGrowthQuery } from './seat-growth.ts'
import { useWidgetQuery } from './use-widget-query.ts'
import { type WidgetState, widgetState } from './widget-state.ts'

export interface SeatGrowthOptions {
  /** Months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
}

/** Seats by plan and month, for a picture of your own. */
export function useSeatGrowth({ range }: SeatGrowthOptions = {}, asker = 'useSeatGrowth'): WidgetState<SeatGrowth> {
  const settings = useSettings(asker)
  // Seats have no currency.
  const { currency: _currency, ...scope } = useScope(settings, range)
  const query = useWidgetQuery(settings, seatGrowthQuery(settings.client, scope))
  return widgetState(query, (growth) => ({
    data: growth,
    isEmpty: growth.purchased.every((seats) => seats === 0),
    isPartial: growth.completeness.at(-1) === 'PARTIAL',
  }))
}
