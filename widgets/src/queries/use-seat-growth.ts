import type { DateRange, SeatGrowth } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { useScope } from './scope.ts'
import { seatGrowthQuery } from './seat-growth.ts'
import { useHookQuery } from './use-widget-query.ts'
import { type Asked, type WidgetState, widgetState } from './widget-state.ts'

export interface SeatGrowthOptions {
  /** Months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
}

/** The state of an answered, pending or failed question for seats. */
export function seatGrowthState(query: Asked<SeatGrowth>): WidgetState<SeatGrowth> {
  return widgetState(query, (growth) => ({
    data: growth,
    isEmpty: growth.purchased.every((seats) => seats === 0),
    isPartial: growth.completeness.at(-1) === 'PARTIAL',
  }))
}

/** Seats by plan and month, for a picture of your own. */
export function useSeatGrowth({ range }: SeatGrowthOptions = {}): WidgetState<SeatGrowth> {
  const settings = useSettings('useSeatGrowth')
  return seatGrowthState(useHookQuery(settings, seatGrowthQuery(settings.client, useScope(settings, range))))
}
