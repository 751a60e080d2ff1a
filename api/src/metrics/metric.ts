import type { Costs } from '../facts/costs.ts'
import type { PeriodFlows } from '../facts/flows.ts'
import type { MovementKind } from '../facts/kind.ts'
import type { MonthRange } from '../facts/month.ts'
import type { Slice } from '../facts/slice.ts'
import type { SpanRead, SpanSums } from '../facts/spans.ts'
import type { View } from './view.ts'
import type {
  Better,
  Landing,
  LocalizedText,
  MetricCapability,
  MetricTopic,
  MetricUnit,
  UndefinedReason,
} from './vocabulary.ts'

/** A shown part of a number: a whole number of minor units or of things. */
export type Term = {
  label: LocalizedText
  amount: bigint
  unit: 'MONEY' | 'COUNT'
  /** A rate that it needs is missing: there is no amount. */
  isMissing?: true
}

/** A number as the fraction it is. Without a denominator the numerator is the number. */
export type Measure = { numerator: Term; denominator?: Term; undefinedBecause?: UndefinedReason }

/** One account in a period, as the evidence of a ratio shows it. */
export type SpanFacts = {
  opening: number
  closing: number
  kept: number
  /** What its movements of the last month came to, by their kinds; and logos lost in it. */
  expansion: number
  contraction: number
  churn: number
  churned: number
  /** Anything is paid at the opening, at the closing. */
  pays: boolean
  paysAfter: boolean
  /** It is open at the opening, paying or not. */
  isOpen: boolean
  /** At the closing: agreed and not in effect, and what trials would pay; 0 unless the evidence asks for them. */
  pending: number
  trial: number
  /** The least paid at a close of the window, and whether anything was paid at the opening or before. */
  lowest: number
  established: boolean
}

/** Where a metric's number can be traced to. */
export type Evidence =
  /** Spans: each account's part of the numerator and of the denominator; they add to the shown terms exactly. */
  | {
      by: 'SPANS'
      numerator: (span: SpanFacts) => number
      denominator?: (span: SpanFacts) => number
      /** What the running total lands on. */
      landsOn: Landing
      /** Looks at what stands beside MRR too: also of accounts that pay nothing. */
      outlook?: true
      /** Everyone that pays at either end, each end at its own rates; of a metric with a window otherwise the accounts of its opening. */
      population?: 'ALL'
    }
  /** Movements of these kinds. */
  | { by: 'MOVEMENTS'; numerator: readonly MovementKind[]; denominator?: readonly MovementKind[] }
  | { by: 'SEATS' }
  /** What was added up, entry by entry: of a metric that needs sums. */
  | { by: 'ENTRIES' }

/** A range in the metric's own unit, as decimals; without `high` it is a single figure. */
export type Benchmark = { low: string; high?: string; source: LocalizedText }

type Common<Key extends string> = {
  key: Key
  label: LocalizedText
  description: LocalizedText
  formula: LocalizedText
  unit: MetricUnit
  /** Which direction is good news. */
  better: Better
  /** Where lists of metrics show it. */
  topic: MetricTopic
  /** What a session needs to see it; any session may see the others. */
  capability?: MetricCapability
  /** Made of the flows that carry strategies: some of them can be asked for alone. */
  byStrategy?: true
  /** Where the definition comes from. */
  source: string
  /** What is published of others, to set a value beside. */
  benchmark?: Benchmark
  evidence: Evidence
  /** With {numerator} {denominator} {value} {accounts} {from} {to}; from and to are months. */
  sentence: LocalizedText
}

export type FlowMetric<Key extends string = string> = Common<Key> & {
  needs: 'flows'
  value: (flows: PeriodFlows) => Measure
  /** What another view makes of it; nothing where that view leaves it as it is. */
  inView?: (view: View) => Partial<Omit<FlowMetric, 'key' | 'needs' | 'inView'>>
}
export type SpanMetric<Key extends string = string> = Common<Key> & {
  needs: 'spans'
  /** Months it may look back, the default first. */
  windows: readonly [number, ...number[]]
  /** What its sums need beside the two closes of the accounts at the opening. */
  reads?: SpanRead
  /** How many windows are added up, each one month before the other, the last of them ending with the period. Default: 1. */
  over?: number
  /** `based`: of how many of the windows anybody paid at the opening. */
  value: (spans: SpanSums & { based: number }) => Measure
}

/** A sum that a metric is made of. */
export type Input = { label: LocalizedText; unit: 'MONEY' | 'COUNT' }

/** What a metric of sums adds up: a slice, periods of months, and the months it looks back over. */
export type Gathering = {
  slice: Slice
  /** The slice is the whole tenant: what belongs to no account may be looked at. */
  isEveryone: boolean
  periods: readonly MonthRange[]
  window: number
}

/** Takes a part of an input: of an account, or with -1 of something that belongs to none and has a name. */
export type AddPart<Name extends string = string> = (
  input: Name,
  period: number,
  amount: number,
  account: number,
  name?: string,
) => void

/** A metric whose number comes of sums over accounts and other entries. Value and evidence are the same parts, added up. */
export type SumsMetric<Key extends string = string, Name extends string = string> = Common<Key> & {
  needs: 'sums'
  /** Months it may look back, the default first; none where it looks at the period alone. */
  windows?: readonly [number, ...number[]]
  /** Of any closes and the changes between them: there is one of a week. */
  byWeek?: true
  /** Months before the period that it reads beside its window. */
  back?: (costs: Costs) => number
  inputs: Record<Name, Input>
  gather: (gathering: Gathering, add: AddPart<Name>) => void
  /** Exact integers, or NaN where a rate is missing. */
  value: (sums: Record<Name, number>, costs: Costs) => Measure
}

export type Metric<Key extends string = string> = FlowMetric<Key> | SpanMetric<Key> | SumsMetric<Key>

/** Gives a metric its type and keeps its key as a literal. */
export function defineMetric<const Key extends string>(metric: FlowMetric<Key>): FlowMetric<Key>
export function defineMetric<const Key extends string>(metric: SpanMetric<Key>): SpanMetric<Key>
export function defineMetric<const Key extends string, const Name extends string>(
  metric: SumsMetric<Key, Name>,
): SumsMetric<Key>
export function defineMetric<Key extends string>(metric: Metric<Key>): Metric<Key> {
  return metric
}
