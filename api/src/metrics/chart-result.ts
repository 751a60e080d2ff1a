import type { ExpansionStrategy } from '../facts/kind.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import type { AccountRef, Provenance } from './result.ts'
import type {
  Completeness,
  NrrPartKey,
  StickinessBy,
  UndefinedReason,
  WaterfallPopulation,
  WaterfallStepKey,
} from './vocabulary.ts'

export type StrategyPart = { strategy: ExpansionStrategy; minor: bigint }

/** An account's share of a step. */
export type AccountShare = { account: AccountRef; minor: bigint; seatsBefore: number; seatsAfter: number }

export type WaterfallStep = {
  key: WaterfallStepKey
  /** Signed; OPENING and CLOSING carry the level. */
  minor: bigint
  accounts: number
  /** EXPANSION of ALL only: signed parts that sum to the step. */
  strategies: StrategyPart[]
  /** Up to three accounts with the largest part in it. */
  topAccounts: AccountShare[]
}

export type Waterfall = Provenance & {
  population: WaterfallPopulation
  period: MonthRange
  currency: string
  /** Empty when the bridge is not defined: `reason` says why. */
  steps: WaterfallStep[]
  opening: bigint
  closing: bigint
  accounts: number
  nrr: string | null
  grr: string | null
  reason: UndefinedReason | null
  reconciles: boolean
  difference: bigint
  completeness: Completeness
  definition: string
  view: string
}

export type SeatPlan = { planId: string; purchased: number[] }

export type SeatLanding = { account: AccountRef; landed: number; now: number; multiple: string; landedMonth: Month }

export type SeatGrowth = Provenance & {
  months: Month[]
  /** Largest last value first. */
  plans: SeatPlan[]
  purchased: number[]
  /** Null in a month without data. */
  assigned: (number | null)[]
  active: (number | null)[]
  /** The ten largest, by seats gained. */
  landings: SeatLanding[]
  landAndExpand: string | null
  completeness: Completeness[]
  definition: string
}

export type StrategySeries = { strategy: ExpansionStrategy; minor: bigint[]; total: bigint }

export type StrategyMix = Provenance & {
  /** First month of each bucket. */
  /** The first month, or week, of each bucket; and its first day. */
  months: Month[]
  days: string[]
  currency: string
  strategies: StrategySeries[]
  total: bigint
  confirmedShare: string | null
  completeness: Completeness[]
  definition: string
  view: string
}

/** Signed amounts of one part, and as shares of the opening, by month; null where there is no NRR. */
export type NrrPart = { key: NrrPartKey; minor: (bigint | null)[]; share: (string | null)[] }

export type NrrContribution = Provenance & {
  /** Months at whose closes the windows end. */
  months: Month[]
  window: number
  currency: string
  parts: NrrPart[]
  opening: (bigint | null)[]
  nrr: (string | null)[]
  reason: (UndefinedReason | null)[]
  completeness: Completeness[]
  definition: string
}

/** How accounts spread over multiples of what they landed with. */
export type LandingSpread = {
  /** Accounts that pay and landed with any. */
  accounts: number
  landed: bigint
  now: bigint
  /** Null where nobody landed with any, or a rate is missing: `reason` says which. */
  multiple: string | null
  reason: UndefinedReason | null
  /** Multiples at or below which 10, 25, 50, 75 and 90 % of the accounts are; empty without accounts. */
  quantiles: string[]
  /** Accounts by multiple: below 1, 1, above 1 and below 2, from 2, from 5, from 10 on. */
  spread: number[]
}

export type LandAndExpand = Provenance & {
  at: Month
  currency: string
  seats: LandingSpread
  mrr: LandingSpread
  completeness: Completeness
  definition: string
}

/** Use of one limited metric at a close. */
export type CapacityOf = {
  /** The metric, as sources name it. */
  name: string
  accounts: number
  used: number
  limit: number
  /** Exact decimal. */
  use: string
  /** Accounts at 80 % or more in two of the last three months. */
  ready: number
}

export type CapacityUse = Provenance & {
  at: Month
  /** Most accounts first. */
  metrics: CapacityOf[]
  completeness: Completeness
  definition: string
}

/** How accounts fared by how many of something they had at each month's opening. Lists follow `atLeast`. */
export type Stickiness = Provenance & {
  by: StickinessBy
  period: MonthRange
  currency: string
  /** The number; the last group has that many or more. */
  atLeast: number[]
  /** Openings of account-months: who pays for three months counts three times. */
  openings: number[]
  churned: number[]
  churnRate: (string | null)[]
  expanded: number[]
  openingMrr: (bigint | null)[]
  churnedMrr: (bigint | null)[]
  expansionMrr: (bigint | null)[]
  revenueChurnRate: (string | null)[]
  expansionRate: (string | null)[]
  /** Why nothing can be compared: nobody told of any, nobody paid. */
  reason: UndefinedReason | null
  completeness: Completeness
  definition: string
}

/** Who of a group of accounts pays, over time. Lists follow the months. */
export type GroupGrowth = {
  account: AccountRef
  children: number[]
  departments: number[]
  regions: number[]
  mrr: (bigint | null)[]
}

export type DepartmentGrowth = Provenance & {
  months: Month[]
  currency: string
  /** Groups of more than one account, largest last MRR first. */
  groups: GroupGrowth[]
  completeness: Completeness[]
  definition: string
}

/** Accounts by first paid month. Lists are by age in months, from 0 on. */
export type Cohort = {
  /** 0 for the total. */
  month: Month
  accounts: number
  /** MRR at age 0; null where a rate is missing. */
  opening: bigint | null
  paying: number[]
  nrr: (string | null)[]
  grr: (string | null)[]
  reason: UndefinedReason | null
}

export type Cohorts = Provenance & {
  currency: string
  cohorts: Cohort[]
  total: Cohort
  completeness: Completeness
  definition: string
}

/** Survival of one group by age in months from 0 on; null where fewer than ten are at risk. */
export type RetentionCurve = {
  /** Age from which on ten are at risk; null where there never are. */
  from: number | null
  atRisk: number[]
  events: number[]
  survival: (string | null)[]
  /** 95 %, log-log. */
  lower: (string | null)[]
  upper: (string | null)[]
}

/** How far two groups are apart: what happened to the expanded ones against what would if there were no difference. */
export type RetentionTest = {
  observed: number
  expected: string
  variance: string
  chiSquare: string | null
  pValue: string | null
}

export type RetentionComparison = { expanded: RetentionCurve; others: RetentionCurve; test: RetentionTest }

export type ExpanderRetention = Provenance &
  RetentionComparison & {
    at: Month
    accounts: number
    /** Accounts left out: they paid already when the data begins. */
    truncated: number
    /** By the state at an age, over those that still pay then. */
    landmarks: (RetentionComparison & { age: number; expandedAccounts: number; otherAccounts: number })[]
    reason: UndefinedReason | null
    completeness: Completeness
    definition: string
  }
