import type { DateRange, Waterfall, WaterfallPopulation } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { useScope } from './scope.ts'
import { useWidgetQuery } from './use-widget-query.ts'
import { waterfallQuery } from './waterfall.ts'
import { type WidgetState, widgetState } from './widget-state.ts'

export interface WaterfallOptions {
  /** `ALL` (default): every account. `COHORT`: the bridge of the NRR accounts. */
  population?: WaterfallPopulation | undefined
  /** Months the cohort's bridge looks back over. Default 12. */
  window?: 1 | 3 | 12 | undefined
  /** Default: the provider's, else the last complete month. */
  range?: DateRange | undefined
}

/** Opening, steps and closing of MRR, for a picture of your own. */
export function useWaterfall(
  { population = 'ALL', window = 12, range }: WaterfallOptions = {},
  asker = 'useWaterfall',
): WidgetState<Waterfall> {
  const settings = useSettings(asker)
  const scope = useScope(settings, range)
  const query = useWidgetQuery(settings, waterfallQuery(settings.client, { population, window, ...scope }))
  return widgetState(query, (waterfall) => ({
    data: waterfall,
    isEmpty: waterfall.steps.every(({ amount }) => Number(amount.minor) === 0),
    isPartial: waterfall.completeness === 'PARTIAL',
  }))
}
