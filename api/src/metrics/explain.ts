import type { Store } from '../facts/column-store.ts'
import type { ExplainQuery } from './query.ts'
import type { Explanation } from './result.ts'

export function explain(_store: Store, _query: ExplainQuery): Explanation {
  throw new Error('not built yet')
}
