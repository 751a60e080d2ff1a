import type { Bucket, StrategyMix, StrategyMixQueryVariables } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** What one column of the mix is. */
export type MixBucket = Extract<Bucket, 'MONTH' | 'QUARTER' | 'YEAR'>

/** Expansion by the seven strategies. */
export function strategyMixQuery(
  client: WidgetClient,
  { bucket, ...scope }: Scope & { bucket: MixBucket },
): Ask<StrategyMix> {
  const variables: StrategyMixQueryVariables = { ...(bucket !== 'MONTH' && { bucket }), ...scope }
  return {
    queryKey: queryKey('strategyMix', variables),
    queryFn: ({ signal }) => client.strategyMix(variables, { signal }),
  }
}
