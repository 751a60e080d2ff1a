import type { OutlookKind } from '../ledger/outlook.ts'
import type { Store } from './column-store.ts'
import type { SpendRow } from './costs.ts'
import type { Month } from './month.ts'
import type { ObservedKind } from './observed.ts'

export type StoreHeader = Pick<
  Store,
  'tenantId' | 'currency' | 'timeZone' | 'fiscalYearStart' | 'erasures' | 'version' | 'asOf' | 'dataThrough'
>
export type AccountRow = {
  id: string
  name: string
  region?: string | null
  attributes?: Record<string, unknown>
  /** YYYY-MM-DD */
  signedUpOn?: string | null
}
export type PlanRow = { id: string; productId: string; confirmed: boolean }
export type ChangeRow = {
  accountId: string
  month: Month
  /** Day of the month, 1 to 31. */
  day: number
  planId: string
  region: string
  currency: string
  /** Empty where the line has none. */
  strategy: string
  amountMinor: bigint | number
  seats: number
}
export type PointRow = Omit<ChangeRow, 'accountId' | 'planId'> & { account: number; plan: number }
export type OutlookRow = Omit<PointRow, 'strategy' | 'seats'> & { kind: OutlookKind }
export type LogoRow = Omit<PointRow, 'strategy' | 'seats' | 'amountMinor'> & { amount: number }
export type ObservedRow = {
  account: number
  month: Month
  day: number
  kind: ObservedKind
  /** Empty where it has none. */
  name: string
  amount: bigint | number
  /** Of a charge; else empty. */
  currency: string
}
export type SpendSaid = Omit<SpendRow, 'currency' | 'amount'> & { currency: string; amountMinor: bigint | number }
/** All attributes that an account had from a day on, counted from 1 January 1970. Rows of one account must come by day. */
export type SaidRow = { accountId: string; day: number; attributes: Record<string, unknown> }
/** Rows of one account and month must come by day: the last one counts. */
export type UsageRow = { accountId: string; month: Month; metric: 'assigned_seats' | 'active_seats'; quantity: number }
