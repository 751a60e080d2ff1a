import type { SeatGrowth, SeatGrowthQueryVariables } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** Seats by plan and month, and the accounts that grew most. Seats have no currency, and are the same in every view. */
export function seatGrowthQuery(
  client: WidgetClient,
  { currency: _currency, view: _view, ...variables }: Scope,
): Ask<SeatGrowth> {
  const asked: SeatGrowthQueryVariables = variables
  return {
    queryKey: queryKey('seatGrowth', asked),
    queryFn: ({ signal }) => client.seatGrowth(asked, { signal }),
  }
}
