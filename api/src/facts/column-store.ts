import type { Calendar } from './calendar.ts'
import type { Closed } from './closed.ts'
import type { Costs, SpendRow } from './costs.ts'
import type { Month } from './month.ts'
import type { RateRow } from './rates.ts'

/** One tenant's facts: change points in account order (CSR) with dictionary-coded columns. Never changed once built. */
export type Store = {
  readonly tenantId: string
  /** Reporting currency, ISO 4217. */
  readonly currency: string
  readonly timeZone: string
  /** Month with which fiscal years begin, 1 to 12, as it is set today: also of facts as of an instant. */
  readonly fiscalYearStart: number
  /** How often accounts were erased before the arrays were read. */
  readonly erasures: number
  /** Ledger version that the arrays hold. */
  readonly version: bigint
  /** When the arrays were read: the knowledge that values reflect. */
  readonly asOf: Date
  /** What its months are: `MONTHS`, or places of another calendar where it was cut anew. */
  readonly calendar: Calendar
  /** Last day that every source is complete through, YYYY-MM-DD; null while nothing has been ingested. */
  readonly dataThrough: string | null
  readonly accounts: AccountColumns
  readonly plans: PlanColumns
  /** Region codes: 0 is "no region". */
  readonly regions: readonly string[]
  readonly currencies: readonly string[]
  /** Rates into the reporting currency, by currency, oldest first: of a day the last word. */
  readonly rates: ReadonlyMap<string, readonly RateRow[]>
  readonly changes: ChangeColumns
  readonly usage: UsageColumns
  readonly outlook: OutlookColumns
  readonly logos: LogoColumns
  readonly observed: ObservedColumns
  /** Names of metrics, features and integrations: 0 is "none". */
  readonly observedNames: readonly string[]
  /** Spend of months and categories, which is of no account. */
  readonly spend: readonly SpendRow[]
  readonly costs: Costs
  /** Months that are closed, and what was recorded after that. */
  readonly closed: Closed
  /** Month of the earliest change point; null while there is none. */
  readonly firstChange: Month | null
  /** Rough size in memory, for the cache's budget. */
  readonly bytes: number
}

export type AccountColumns = {
  /** account.id. */
  ids: readonly string[]
  names: readonly string[]
  indexOf: ReadonlyMap<string, number>
  /** Region code of the account itself. */
  region: Uint16Array
  /** Month in which it signed up; 0 where nobody said. */
  signedUp: Uint16Array
  /** Attribute columns by key. */
  attributes: ReadonlyMap<string, DictionaryColumn>
}

/** `codes[account]` points into `values`; 0 is "not set". */
export type DictionaryColumn = {
  values: readonly string[]
  /** As it is now. */
  codes: Uint32Array
  /** Of accounts of which it was not always the same: from when on it was what. */
  history: ReadonlyMap<number, History>
}

/** In order of time; the first holds from the beginning. Days from 1 January 1970. */
export type History = readonly { from: number; code: number }[]

export type PlanColumns = {
  ids: readonly string[]
  /** Product id of each plan. */
  products: readonly string[]
  /** 1 where no inferred mapping leads to the plan. */
  confirmed: Uint8Array
  indexOf: ReadonlyMap<string, number>
}

/**
 * Change points of account `a` are the rows `start[a] … start[a + 1] - 1`, by month, then day. The region is the item's, or the
 * account's where the item has none. Sums of any rows are exact: the absolute amounts together stay below 2^53.
 */
export type ChangeColumns = {
  start: Uint32Array
  month: Uint16Array
  /** Day of the month, 1 to 31: only netting by day and by week looks at it. */
  day: Uint8Array
  plan: Uint16Array
  region: Uint16Array
  strategy: Uint8Array
  currency: Uint8Array
  /** Signed minor units. */
  amount: Float64Array
  seats: Int32Array
}

/** Last seat counts that an account reported in a month, as rows by account like the changes; -1 is "not reported". */
export type UsageColumns = {
  start: Uint32Array
  month: Uint16Array
  assigned: Int32Array
  active: Int32Array
}

/** Changes of where accounts are open without MRR, as rows by account and time like the changes. */
export type LogoColumns = {
  start: Uint32Array
  month: Uint16Array
  day: Uint8Array
  plan: Uint16Array
  region: Uint16Array
  currency: Uint8Array
  /** Signed places. */
  amount: Float64Array
}

/** Changes of what stands beside MRR, as rows by account like the changes: agreed and not in effect, or on trial. */
export type OutlookColumns = {
  start: Uint32Array
  month: Uint16Array
  day: Uint8Array
  plan: Uint16Array
  region: Uint16Array
  /** `outlookCode`. */
  kind: Uint8Array
  currency: Uint8Array
  /** Signed minor units. */
  amount: Float64Array
}

/**
 * What sources told beside revenue, as rows by account like the changes: a month's charges, and from a day on a limit or whether a
 * feature or an integration is in use; of a day the last word.
 */
export type ObservedColumns = {
  start: Uint32Array
  month: Uint16Array
  day: Uint8Array
  /** `observedCode`. */
  kind: Uint8Array
  /** Place in `observedNames`. */
  name: Uint32Array
  /** The account it is told of: another one where children were rolled up into their parent. */
  teller: Uint32Array
  /** Minor units charged, whole units of a limit or of a month's use, or 1 and 0 for in use or no longer. */
  amount: Float64Array
  /** Of a charge. */
  currency: Uint8Array
}
