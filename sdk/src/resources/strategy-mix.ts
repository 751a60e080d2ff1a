import { StrategyMixDocument, type StrategyMixQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { StrategyMix } from '../types.ts'

export const strategyMixOf =
  (query: Query) =>
  async (variables?: StrategyMixQueryVariables, options?: RequestOptions): Promise<StrategyMix> =>
    (await query(StrategyMixDocument, variables, options)).strategyMix
