import type { Store } from '../facts/column-store.ts'
import type { MovementQuery } from './query.ts'
import type { MovementPage } from './result.ts'

/** Movements, newest first unless asked otherwise; without a range, all of history. */
export function movements(_store: Store, _query: MovementQuery): MovementPage {
  throw new Error('not built yet')
}
