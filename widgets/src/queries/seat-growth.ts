import type { SeatGrowthQueryVariables } from '@nobishiro/sdk'
import { queryOptions } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'
import { queryKey } from './key.ts'

/** Seats by plan and month, and the accounts that grew most. */
export function seatGrowthQuery(client: WidgetClient, variables: SeatGrowthQueryVariables) {
  return queryOptions({
    queryKey: queryKey('seatGrowth', variables),
    queryFn: ({ signal }) => client.seatGrowth(variables, { signal }),
  })
}
