import type { Month } from './month.ts'

/** One tenant's facts: change points in account order (CSR) with dictionary-coded columns. Never changed once built. */
export type Store = {
  tenantId: string
  /** Reporting currency, ISO 4217. */
  currency: string
  timeZone: string
  /** Ledger version that the arrays hold. */
  version: bigint
  /** When the arrays were read: the knowledge that values reflect. */
  asOf: Date
  /** Last day that every source is complete through, YYYY-MM-DD; null while nothing has been ingested. */
  dataThrough: string | null
  accounts: AccountColumns
  plans: PlanColumns
  /** Region codes: 0 is "no region". */
  regions: readonly string[]
  currencies: readonly string[]
  changes: ChangeColumns
  usage: UsageColumns
  /** Month of the earliest change point; null while there is none. */
  firstChange: Month | null
  /** Rough size in memory, for the cache's budget. */
  bytes: number
}

export type AccountColumns = {
  /** account.id, ascending. */
  ids: readonly string[]
  names: readonly string[]
  indexOf: ReadonlyMap<string, number>
  /** Attribute columns by key; `codes[account]` points into `values`, 0 is "not set". */
  attributes: ReadonlyMap<string, DictionaryColumn>
}

export type DictionaryColumn = { values: readonly string[]; codes: Uint32Array }

export type PlanColumns = {
  ids: readonly string[]
  names: readonly string[]
  products: readonly string[]
  /** Product code of each plan. */
  productOf: Uint16Array
  /** 1 where no inferred mapping leads to the plan. */
  confirmed: Uint8Array
  indexOf: ReadonlyMap<string, number>
}

/** Change points of account `a` are the rows `start[a] … start[a + 1] - 1`, by month. */
export type ChangeColumns = {
  start: Uint32Array
  month: Uint16Array
  plan: Uint16Array
  region: Uint16Array
  strategy: Uint8Array
  currency: Uint8Array
  /** Signed minor units, safe integers. */
  amount: Float64Array
  seats: Int32Array
}

/** Last seat counts that an account reported in a month, by account; -1 where it reported none. */
export type UsageColumns = {
  start: Uint32Array
  month: Uint16Array
  assigned: Int32Array
  active: Int32Array
}
