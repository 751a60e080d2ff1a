import type { Store } from '../facts/column-store.ts'
import { groupsOf } from '../facts/groups.ts'
import type { Hierarchy } from '../facts/hierarchy.ts'
import { lastDayOf, type MonthRange } from '../facts/month.ts'
import type { DepartmentGrowth } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { defaultRange } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import { type FactQuery, settle } from './question.ts'

export type DepartmentGrowthQuery = Omit<FactQuery, 'view' | 'where'> & {
  /** The last 12 complete months when absent. */
  range?: MonthRange | undefined
}

/** How groups grow, department by department: who of the accounts under one parent pays, with the parents of the end of the range. */
export function departmentGrowth(store: Store, hierarchy: Hierarchy, query: DepartmentGrowthQuery): DepartmentGrowth {
  const question = settle(store, query)
  const { start, end } = checkRange(query.range ?? defaultRange(store, query.now))
  const months = Array.from({ length: end - start }, (_, place) => start + place)
  const groups = groupsOf(question.slice, hierarchy, lastDayOf(end - 1), months)
    .filter(({ children }) => children.some((count) => count > 0))
    .map(({ top, mrr, ...group }) => ({
      account: { index: top, id: store.accounts.ids[top] ?? '' },
      ...group,
      mrr: mrr.map((amount) => (Number.isNaN(amount) ? null : BigInt(amount))),
    }))
    .sort((a, b) => Number((b.mrr.at(-1) ?? 0n) - (a.mrr.at(-1) ?? 0n)) || a.account.index - b.account.index)
  return {
    months,
    currency: question.currency,
    groups,
    completeness: months.map((month) => standingOf(question, [month], 'PART').completeness),
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}
