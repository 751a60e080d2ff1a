import { SeatGrowthDocument, type SeatGrowthQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { SeatGrowth } from '../types.ts'

export const seatGrowthOf =
  (query: Query) =>
  async (variables?: SeatGrowthQueryVariables, options?: RequestOptions): Promise<SeatGrowth> =>
    (await query(SeatGrowthDocument, variables, options)).seatGrowth
