import type { Store } from '../facts/column-store.ts'
import type { AccountFactsQuery } from './query.ts'
import type { AccountFactsPage } from './result.ts'

/** Accounts with their figures of now; largest MRR first unless asked otherwise. */
export function accountFacts(_store: Store, _query: AccountFactsQuery): AccountFactsPage {
  throw new Error('not built yet')
}
