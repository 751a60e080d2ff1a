import type { Waterfall, WaterfallPopulation, WaterfallQueryVariables } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** MRR from opening to closing; the window belongs to the cohort's bridge only. */
export function waterfallQuery(
  client: WidgetClient,
  { population, window, ...scope }: Scope & { population: WaterfallPopulation; window: number },
): Ask<Waterfall> {
  const variables: WaterfallQueryVariables = { population, ...(population === 'COHORT' && { window }), ...scope }
  return {
    queryKey: queryKey('waterfall', variables),
    queryFn: ({ signal }) => client.waterfall(variables, { signal }),
  }
}
