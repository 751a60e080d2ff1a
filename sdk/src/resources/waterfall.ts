import { WaterfallDocument, type WaterfallQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Waterfall } from '../types.ts'

export const waterfallOf =
  (query: Query) =>
  async (variables: WaterfallQueryVariables, options?: RequestOptions): Promise<Waterfall> =>
    (await query(WaterfallDocument, variables, options)).waterfall
