import type { DateRange, Waterfall, WaterfallPopulation } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { useScope } from './scope.ts'
import { useHookQuery } from './use-widget-query.ts'
import { waterfallQuery } from './waterfall.ts'
import { type Asked, type WidgetState, widgetState } from './widget-state.ts'

export interface WaterfallOptions {
  /** `ALL` (default): every account. `COHORT`: the bridge of the NRR accounts. */
  population?: WaterfallPopulation | undefined
  /** Months the cohort's bridge looks back over. Default 12. */
  window?: 1 | 3 | 12 | undefined
  /** Default: the provider's, else the last complete month. */
  range?: DateRange | undefined
}

/** The state of an answered, pending or failed question for a waterfall. */
export function waterfallState(query: Asked<Waterfall>): WidgetState<Waterfall> {
  return widgetState(query, (waterfall) => ({
    data: waterfall,
    isEmpty: waterfall.steps.every(({ amount }) => Number(amount.minor) === 0),
    isPartial: waterfall.completeness === 'PARTIAL',
    reason: waterfall.reason,
  }))
}

/** Opening, steps and closing of MRR, for a picture of your own. */
export function useWaterfall({
  population = 'ALL',
  window = 12,
  range,
}: WaterfallOptions = {}): WidgetState<Waterfall> {
  const settings = useSettings('useWaterfall')
  const scope = useScope(settings, range)
  return waterfallState(useHookQuery(settings, waterfallQuery(settings.client, { population, window, ...scope })))
}
