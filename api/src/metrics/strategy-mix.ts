import type { Store } from '../facts/column-store.ts'
import type { StrategyMixQuery } from './query.ts'
import type { StrategyMix } from './result.ts'

export function strategyMix(_store: Store, _query: StrategyMixQuery): StrategyMix {
  throw new Error('not built yet')
}
