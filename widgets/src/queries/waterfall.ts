import type { WaterfallPopulation, WaterfallQueryVariables } from '@nobishiro/sdk'
import { queryOptions } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'
import { queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** MRR from opening to closing; the window belongs to the cohort's bridge only. */
export function waterfallQuery(
  client: WidgetClient,
  { population, window, ...scope }: Scope & { population: WaterfallPopulation; window: number },
) {
  const variables: WaterfallQueryVariables = { population, ...(population === 'COHORT' && { window }), ...scope }
  return queryOptions({
    queryKey: queryKey('waterfall', variables),
    queryFn: ({ signal }) => client.waterfall(variables, { signal }),
  })
}
