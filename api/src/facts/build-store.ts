import type { Store } from './column-store.ts'
import { costsOf } from './costs.ts'
import type { RateRow } from './rates.ts'
import { StoreBuilder } from './store-builder.ts'
import type {
  AccountRow,
  ChangeRow,
  LogoRow,
  ObservedRow,
  OutlookRow,
  PlanRow,
  SpendSaid,
  StoreHeader,
  UsageRow,
} from './store-rows.ts'

/** Everything that a store is made of, as plain rows. */
export type StoreInput = StoreHeader & {
  accounts: readonly AccountRow[]
  plans: readonly PlanRow[]
  changes: readonly ChangeRow[]
  usage?: readonly UsageRow[]
  /** Accounts and plans by id. */
  outlook?: readonly (Omit<OutlookRow, 'account' | 'plan'> & { accountId: string; planId: string })[]
  logos?: readonly (Omit<LogoRow, 'account' | 'plan'> & { accountId: string; planId: string })[]
  /** Accounts by id. */
  observed?: readonly (Omit<ObservedRow, 'account'> & { accountId: string })[]
  spend?: readonly SpendSaid[]
  /** As a setting says it. */
  costs?: unknown
  /** What attributes accounts had from a day on, YYYY-MM-DD. */
  said?: readonly { accountId: string; day: string; attributes: Record<string, unknown> }[]
  rates?: readonly RateRow[]
}

/** A store from plain rows, without a database. */
export function buildStore(input: StoreInput): Store {
  const {
    accounts,
    plans,
    changes,
    usage = [],
    outlook = [],
    logos = [],
    observed = [],
    spend = [],
    said = [],
    ...rest
  } = input
  const { costs, rates = [], ...header } = rest
  const ordered = [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1))
  const builder = new StoreBuilder(header, ordered, plans)
  for (const change of changes) builder.addChange(change)
  for (const row of usage) builder.addUsage(row)
  for (const row of rates) builder.addRate(row)
  const placed = ({ accountId, planId }: { accountId: string; planId: string }) => ({
    account: ordered.findIndex(({ id }) => id === accountId),
    plan: plans.findIndex(({ id }) => id === planId),
  })
  for (const row of outlook) builder.addOutlook({ ...row, ...placed(row) })
  for (const row of logos) builder.addLogo({ ...row, ...placed(row) })
  for (const { accountId, ...row } of observed)
    builder.addObserved({ ...row, account: ordered.findIndex(({ id }) => id === accountId) })
  for (const row of spend) builder.addSpend(row)
  builder.setCosts(costsOf(costs))
  for (const { day, ...row } of [...said].sort((a, b) => (a.day < b.day ? -1 : 1)))
    builder.addSaid({ ...row, day: Date.parse(`${day}T00:00:00Z`) / 86_400_000 })
  return builder.build()
}
