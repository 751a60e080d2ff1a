import type { ExpansionStrategy, MovementKind } from '../facts/kind.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import type { RateRow } from '../facts/rates.ts'
import type { Benchmark } from './metric.ts'
import type {
  Better,
  ColumnType,
  Completeness,
  DimensionKind,
  Landing,
  LocalizedText,
  MetricTopic,
  MetricUnit,
  NrrPartKey,
  StickinessBy,
  UndefinedReason,
  WaterfallPopulation,
  WaterfallStepKey,
} from './vocabulary.ts'

/** An account by its place in the store, and by account.id. */
export type AccountRef = { index: number; id: string }

/** What was asked of which state of the ledger; part of every result. */
export type Provenance = { asOf: Date; version: bigint }

export type DefinitionRef = { key: string; version: string; revision: number; policy: string; view: string }

/** A metric's description, as `definitions` lists it. */
export type MetricDefinition = {
  key: string
  label: LocalizedText
  description: LocalizedText
  formula: LocalizedText
  unit: MetricUnit
  better: Better
  topic: MetricTopic
  version: string
  source: string
  /** Null where nothing is published that it could be set beside. */
  benchmark: Benchmark | null
  /** Windows in months it may be asked for; empty when it has none. */
  windows: readonly number[]
}

/** `value` is an exact decimal, money in major units; `minor` is set for money. */
export type MetricTerm = { label: LocalizedText; value: string; unit: MetricUnit; minor: bigint | null }

export type MetricValue = Provenance & {
  period: MonthRange
  /** Null when undefined: `reason` says why. Ratios as 1.124, money in major units. */
  value: string | null
  /** Minor units of `currency`, for MONEY. */
  minor: bigint | null
  currency: string
  unit: MetricUnit
  numerator: MetricTerm | null
  denominator: MetricTerm | null
  reason: UndefinedReason | null
  completeness: Completeness
  /** When something it rests on was last changed after it had been closed; null when nothing was. */
  restatedSince: Date | null
  definition: DefinitionRef
  previous: MetricValue | null
}

export type MetricSeries = {
  definition: MetricDefinition
  unit: MetricUnit
  currency: string
  window: number | null
  values: MetricValue[]
  /** Recomputed over the whole range; null for an empty range. */
  total: MetricValue | null
}

/** A value of what an answer is parted by: an id, a text, a first day of a month; null where it is not set. */
export type GroupKey = {
  dimension: DimensionKind
  /** Of an ATTRIBUTE, which. */
  attribute: string | null
  value: string | null
  /** Null for a plan or a product: the facts do not know its name. */
  label: LocalizedText | null
}

/** A part of a series: of the accounts, items or strategies that its keys say, or of all that were not told apart. */
export type MetricGroup = Pick<MetricSeries, 'values' | 'total'> & {
  /** One for each dimension, in their order; of the rest, only its strategy. */
  keys: readonly GroupKey[]
  isRest: boolean
}

export type GroupedSeries = MetricSeries & {
  groups: MetricGroup[]
  /** How many groups the rest is made of; 0 without one. */
  rest: number
}

/** A column of a report: a dimension, the time, or a measure. */
export type ReportColumn = {
  /** Unlike any other of the report. */
  name: string
  label: LocalizedText
  type: ColumnType
  /** Of a measure; null otherwise. */
  unit: MetricUnit | null
  /** Of amounts of money; null otherwise. */
  currency: string | null
}

/** What a dimension's column holds, the first day of a bucket, or a measure's value. */
export type ReportCell =
  | { key: GroupKey; value: string | null }
  | { value: string | null }
  | { measured: MetricValue; value: string | null }

export type Report = Provenance & {
  period: MonthRange
  columns: ReportColumn[]
  rows: ReportCell[][]
  /** Rows in all, shown or not. */
  rowCount: number
  /** The whole, by column: null where it is no measure. */
  totals: (MetricValue | null)[]
  definition: string
  view: string
}

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
  months: Month[]
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

/** One account's opening and closing, and what it adds to the explained number. */
export type Span = {
  account: AccountRef
  opening: bigint
  closing: bigint
  kept: bigint
  change: bigint
  runningTotal: bigint
  returned: boolean
}

export type SpanPage = { items: Span[]; total: number }

/** What one account, or something that is of none, adds to the inputs of a metric of sums. */
export type Entry = {
  account: AccountRef | null
  /** What it is of, where it is of no account: a month and a category of spend. */
  name: string
  /** In the order of the inputs: minor units or things. */
  amounts: bigint[]
}

export type EntryPage = { items: Entry[]; total: number }

export type Explanation = {
  metric: MetricDefinition
  value: MetricValue
  period: MonthRange
  sentence: LocalizedText
  accounts: number
  bridge: Waterfall | null
  spans: SpanPage
  /** Null where the evidence is not spans. */
  landsOn: Landing | null
  movements: MovementPage
  /** The sums that the terms are made of, and what they are sums of; empty where the evidence is not entries. */
  inputs: MetricTerm[]
  entries: EntryPage
  /** Movements that add up to the numerator, and those that add up to the denominator; empty where the evidence is not movements. */
  numeratorKinds: readonly MovementKind[]
  denominatorKinds: readonly MovementKind[]
  reconciles: boolean
  difference: bigint
  currency: string
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

/** What one account, or spend of a month and category (then `name` says which), adds to each term under either definition. */
export type ComparedRow = { account: string | null; name: string; left: bigint[]; right: bigint[] }

export type DefinitionComparison = {
  metric: MetricDefinition
  left: MetricValue
  right: MetricValue
  /** Numerator and denominator, or the inputs of a metric of sums; empty where either lacks a rate. */
  terms: { left: MetricTerm; right: MetricTerm }[]
  /** Only those that differ. */
  rows: { items: ComparedRow[]; total: number }
  /** Computed: the rows' differences add up to those of the terms. */
  reconciles: boolean
  currency: string
}
