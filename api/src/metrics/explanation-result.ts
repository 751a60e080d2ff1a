import type { MovementKind } from '../facts/kind.ts'
import type { Waterfall } from './chart-result.ts'
import type { MovementPage } from './list-result.ts'
import type { AccountRef, DayRange, MetricDefinition, MetricTerm, MetricValue } from './result.ts'
import type { Landing, LocalizedText } from './vocabulary.ts'

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
  /** From the close that the evidence begins with to the end of the month, or week. */
  period: DayRange
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
