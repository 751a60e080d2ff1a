import type { Store } from './column-store.ts'
import type { RateRow } from './rates.ts'
import {
  type AccountRow,
  type ChangeRow,
  type OutlookRow,
  type PlanRow,
  StoreBuilder,
  type StoreHeader,
  type UsageRow,
} from './store-builder.ts'

/** Everything that a store is made of, as plain rows. */
export type StoreInput = StoreHeader & {
  accounts: readonly AccountRow[]
  plans: readonly PlanRow[]
  changes: readonly ChangeRow[]
  usage?: readonly UsageRow[]
  /** Accounts and plans by id. */
  outlook?: readonly (Omit<OutlookRow, 'account' | 'plan'> & { accountId: string; planId: string })[]
  rates?: readonly RateRow[]
}

/** A store from plain rows, without a database. */
export function buildStore(input: StoreInput): Store {
  const { accounts, plans, changes, usage = [], outlook = [], rates = [], ...header } = input
  const ordered = [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1))
  const builder = new StoreBuilder(header, ordered, plans)
  for (const change of changes) builder.addChange(change)
  for (const row of usage) builder.addUsage(row)
  for (const row of rates) builder.addRate(row)
  for (const { accountId, planId, ...row } of outlook) {
    const account = ordered.findIndex(({ id }) => id === accountId)
    builder.addOutlook({ ...row, account, plan: plans.findIndex(({ id }) => id === planId) })
  }
  return builder.build()
}
