import type { Store } from '../facts/column-store.ts'
import type { SeatGrowthQuery } from './query.ts'
import type { SeatGrowth } from './result.ts'

export function seatGrowth(_store: Store, _query: SeatGrowthQuery): SeatGrowth {
  throw new Error('not built yet')
}
