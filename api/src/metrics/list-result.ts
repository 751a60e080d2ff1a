import type { MovementKind } from '../facts/kind.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import type { RateRow } from '../facts/rates.ts'
import type { StrategyPart } from './chart-result.ts'
import type { AccountRef } from './result.ts'
import type { Completeness } from './vocabulary.ts'

/** The rate of a currency at a close and the one before. */
export type RateUsed = { currency: string; opening: RateRow; closing: RateRow }

/** The rate that a close takes; null where there is none. `month` is its first day. */
export type CloseRate = { month: string; currency: string; rate: RateRow | null }

/** One account's change in one month, or on one day where the view nets by event. */
export type Movement = {
  /** `<account.id>@<YYYY-MM>`, or `…-DD` for a day: one movement per account and either, and `…/FX` for what rates made of the month. */
  id: string
  account: AccountRef
  month: Month
  /** Day of the month, 1 to 31; 0 for the whole month. */
  day: number
  kind: MovementKind
  currency: string
  /** Positive, the kind says the direction; FX is signed. */
  minor: bigint
  /** closing - opening */
  change: bigint
  opening: bigint
  closing: bigint
  seatsChange: number
  /** Signed, summing to `change`; empty for NEW, REACTIVATION and CHURN. */
  strategyParts: StrategyPart[]
  /** Whom the account was attributed to on its day, or on the last one of its month. */
  partner: string | null
  /** FX only: what made it. */
  rates: RateUsed[]
  completeness: Completeness
}

/** A partner with its accounts of now; amounts are null where a rate is missing. */
export type PartnerFacts = {
  name: string
  accounts: number
  payingAccounts: number
  mrr: bigint | null
  /** Of the range, while accounts were attributed to it. */
  expansion: bigint | null
  currency: string
}

export type PartnerPage = { items: PartnerFacts[]; total: number; range: MonthRange; view: string }

export type MovementTotal = { kind: MovementKind; minor: bigint; accounts: number }

/** A page of the filtered, ordered list; `total` and `totals` cover the whole list. */
export type MovementPage = {
  items: Movement[]
  total: number
  totals: MovementTotal[]
  /** Different accounts in the whole list. */
  accounts: number
  currency: string
  view: string
}

/** What an account list shows of one account now. */
export type AccountFacts = {
  account: AccountRef
  /** Null when a rate is missing for what the account holds. */
  minor: bigint | null
  currency: string
  seats: number
  firstPaidMonth: Month | null
  /** Plans held now, largest MRR first. */
  plans: { planId: string; minor: bigint | null }[]
}

export type AccountFactsPage = { items: AccountFacts[]; total: number }
