import { readiness, visitCapacity } from '../facts/capacity.ts'
import type { Store } from '../facts/column-store.ts'
import type { CapacityUse } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { lastCompleteMonth } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import type { CapacityQuery } from './query.ts'
import { settle } from './question.ts'

/** How much of their limits accounts use, by the metric that is limited: different things do not add up. */
export function capacityUse(store: Store, query: CapacityQuery): CapacityUse {
  const question = settle(store, query)
  const at = query.at ?? lastCompleteMonth(store, query.now)
  checkRange({ start: at, end: at + 1 })
  const sums = new Map<number, { accounts: number; used: number; limit: number; ready: number }>()
  visitCapacity(question.slice, [at], ({ name, used, limit }) => {
    const sum = sums.get(name) ?? { accounts: 0, used: 0, limit: 0, ready: 0 }
    sum.accounts += 1
    sum.used += used
    sum.limit += limit
    sums.set(name, sum)
  })
  for (const byName of readiness(question.slice, [at])[0]?.values() ?? [])
    for (const [name, isReady] of byName) if (isReady) sums.get(name)!.ready += 1
  return {
    at,
    metrics: [...sums]
      .map(([name, sum]) => ({
        name: store.observedNames[name] ?? '',
        ...sum,
        use: divide(BigInt(sum.used), BigInt(sum.limit)),
      }))
      .sort((a, b) => b.accounts - a.accounts || (a.name < b.name ? -1 : 1)),
    completeness: standingOf(question, [at - 2, at - 1, at]).completeness,
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}
