import type { Store } from '../facts/column-store.ts'
import { groupsByUse } from '../facts/stickiness.ts'
import type { Stickiness } from './chart-result.ts'
import { monthsBehind, standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { defaultRange } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import type { StickinessQuery } from './query.ts'
import { settle } from './question.ts'

const kinds = { INTEGRATIONS: 'INTEGRATION', FEATURES: 'FEATURE' } as const

/** Whether accounts that use more stay more: monthly churn and expansion by what each had in use at the month's opening. */
export function stickiness(store: Store, query: StickinessQuery): Stickiness {
  const question = settle(store, query)
  const range = checkRange(query.range ?? defaultRange(store, query.now))
  const groups = groupsByUse(question.slice, range, kinds[query.by]) ?? []
  const exact = (amount: number) => (Number.isNaN(amount) ? null : BigInt(amount))
  const over = (above: number, below: number) =>
    Number.isNaN(above + below) || below === 0 ? null : divide(BigInt(above), BigInt(below))
  return {
    by: query.by,
    period: range,
    currency: question.currency,
    atLeast: groups.map((_, count) => count),
    openings: groups.map(({ openings }) => openings),
    churned: groups.map(({ churned }) => churned),
    churnRate: groups.map(({ churned, openings }) => over(churned, openings)),
    expanded: groups.map(({ expanded }) => expanded),
    openingMrr: groups.map(({ openingMrr }) => exact(openingMrr)),
    churnedMrr: groups.map(({ churnedMrr }) => exact(churnedMrr)),
    expansionMrr: groups.map(({ expansionMrr }) => exact(expansionMrr)),
    revenueChurnRate: groups.map(({ churnedMrr, openingMrr }) => over(churnedMrr, openingMrr)),
    expansionRate: groups.map(({ expansionMrr, openingMrr }) => over(expansionMrr, openingMrr)),
    reason: groups.length === 0 ? 'NO_USAGE' : groups.every(({ openings }) => openings === 0) ? 'NO_OPENING_MRR' : null,
    completeness: standingOf(question, monthsBehind({ start: range.start - 1, end: range.end })).completeness,
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}
