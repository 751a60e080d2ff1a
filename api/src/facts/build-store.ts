import type { Store } from './column-store.ts'
import {
  type AccountRow,
  type ChangeRow,
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
}

/** A store from plain rows, without a database. */
export function buildStore({ accounts, plans, changes, usage = [], ...header }: StoreInput): Store {
  const builder = new StoreBuilder(
    header,
    [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1)),
    plans,
  )
  for (const change of changes) builder.addChange(change)
  for (const row of usage) builder.addUsage(row)
  return builder.build()
}
