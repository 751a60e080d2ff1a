import type { MonthRange } from '../facts/month.ts'
import type { Benchmark } from './metric.ts'
import type {
  Better,
  ColumnType,
  Completeness,
  DimensionKind,
  LocalizedText,
  MetricTopic,
  MetricUnit,
  UndefinedReason,
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

/** The days of a period: the first of it, and the first after it. */
export type DayRange = { start: string; end: string }

export type MetricValue = Provenance & {
  /** Months, or weeks. */
  period: MonthRange
  days: DayRange
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
  days: DayRange
  columns: ReportColumn[]
  rows: ReportCell[][]
  /** Rows in all, shown or not. */
  rowCount: number
  /** The whole, by column: null where it is no measure. */
  totals: (MetricValue | null)[]
  definition: string
  view: string
}
