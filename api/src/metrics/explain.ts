import type { Store } from '../facts/column-store.ts'
import type { Month } from '../facts/month.ts'
import { seatsByPlan } from '../facts/seats.ts'
import type { SpanPair } from '../facts/spans.ts'
import { axisOf } from '../facts/walk.ts'
import { lastCompleteMonth } from './default-range.ts'
import { definitionOf } from './definition.ts'
import { entriesOf } from './entry-evidence.ts'
import type { EntryPage, Explanation, SpanPage } from './explanation-result.ts'
import type { MovementPage } from './list-result.ts'
import { measureAll } from './measure-all.ts'
import type { Measure, Metric } from './metric.ts'
import { pageOfMovements } from './movement-list.ts'
import { checkRange } from './periods.ts'
import type { ExplainQuery } from './query.ts'
import { type Question, settle } from './question.ts'
import { metricOf } from './registry.ts'
import type { MetricTerm } from './result.ts'
import { sentenceOf } from './sentence.ts'
import { spanEvidence } from './span-evidence.ts'
import { checkStrategies } from './strategy-filter.ts'
import { checkThen } from './then-filter.ts'
import { toValue } from './value.ts'
import { waterfall } from './waterfall.ts'
import { overOf, spansOf, windowOf } from './window.ts'

/** A value with the evidence that adds up to its terms: spans for ratios, movements for flows. */
export function explain(store: Store, query: ExplainQuery): Explanation {
  const question = settle(store, query)
  const metric = metricOf(query.key, question.view)
  checkStrategies([metric], query.where)
  checkThen([metric], query.where)
  const { evidence } = metric
  const window = windowOf(metric, query.window)
  const at = query.at ?? lastCompleteMonth(store, query.now)
  const month = checkRange({ start: at, end: at + 1 })
  const span = window ?? 1
  const opening = at - span - overOf(metric) + 1
  const measure = measureAll(question, [month], [{ metric, window }])(metric, window, month)
  const value = toValue(question, metric, month, measure, window)
  const asked = {
    spans: spansOf(metric, window, at),
    at,
    window,
    isCohort: window !== null,
    offset: query.offset ?? 0,
    limit: query.limit ?? 50,
  }
  const isKnown = value.reason !== 'NO_RATE'
  const nothingOf = nothing(question, measure)
  const gathered = isKnown ? gather(question, metric, asked) : null
  const found = { ...nothingOf, ...(gathered && { numerator: 0n, denominator: 0n, ...gathered }) }
  const difference = distance(found, measure)
  const accounts = found.spans.total + found.movements.accounts + found.entryAccounts
  const bridges = metric.key === 'nrr' || metric.key === 'grr'
  return {
    metric: definitionOf(metric),
    value,
    period: { start: opening + 1, end: at + 1 },
    sentence: sentenceOf(metric, { value, accounts, from: opening, to: at }),
    accounts,
    bridge: bridges ? waterfall(store, { ...query, population: 'COHORT', range: month }) : null,
    spans: found.spans,
    landsOn: evidence.by === 'SPANS' ? evidence.landsOn : null,
    inputs: found.inputs,
    entries: found.entries,
    movements: found.movements,
    numeratorKinds: evidence.by === 'MOVEMENTS' ? evidence.numerator : [],
    denominatorKinds: evidence.by === 'MOVEMENTS' ? (evidence.denominator ?? []) : [],
    reconciles: difference === 0n,
    difference,
    currency: question.currency,
  }
}

type Found = {
  spans: SpanPage
  movements: MovementPage
  inputs: MetricTerm[]
  entries: EntryPage
  /** Different accounts among all the entries. */
  entryAccounts: number
  numerator: bigint
  denominator: bigint
}
type Asked = { spans: SpanPair[]; at: Month; window: number | null; isCohort: boolean; offset: number; limit: number }

function gather(question: Question, metric: Metric, asked: Asked): Partial<Found> | null {
  const { at, isCohort, offset, limit } = asked
  if (metric.needs === 'sums') return entriesOf(question, metric, { ...asked, period: { start: at, end: at + 1 } })
  const { evidence } = metric
  if (evidence.by === 'SPANS') {
    const population = evidence.population ?? (isCohort ? 'COHORT' : 'ALL')
    const found = spanEvidence(question, { evidence, spans: asked.spans, population, offset, limit })
    if (!found) return null
    const { page, ...sums } = found
    return { spans: page, ...sums }
  }
  if (evidence.by === 'MOVEMENTS') {
    const kinds = [...evidence.numerator, ...(evidence.denominator ?? [])]
    const range = { start: at, end: at + 1 }
    const orderBy = { field: 'AMOUNT', direction: 'DESC' } as const
    const page = pageOfMovements(question, { range, kinds, orderBy, offset, limit })
    const sum = (of: readonly string[] = []) =>
      page.totals.reduce((total, { kind, minor }) => (of.includes(kind) ? total + minor : total), 0n)
    return { movements: page, numerator: sum(evidence.numerator), denominator: sum(evidence.denominator) }
  }
  const axis = axisOf(question.slice, at, at)
  const seats = seatsByPlan(question.slice, axis).reduce((sum, plan) => sum + (plan.at(-1) ?? 0), 0)
  return { numerator: BigInt(seats), denominator: 0n }
}

/** No evidence at all: without a rate there is nothing to show, and nothing that could differ. */
function nothing({ currency, view }: Question, { numerator, denominator }: Measure): Found {
  return {
    spans: { items: [], total: 0 },
    movements: { items: [], total: 0, totals: [], accounts: 0, currency, view: view.name },
    inputs: [],
    entries: { items: [], total: 0 },
    entryAccounts: 0,
    numerator: numerator.amount,
    denominator: denominator?.amount ?? 0n,
  }
}

/** How far the evidence is from the shown terms: zero, or a fault. */
function distance(found: Found, { numerator, denominator }: Measure): bigint {
  const absolute = (value: bigint) => (value < 0n ? -value : value)
  return absolute(found.numerator - numerator.amount) + absolute(found.denominator - (denominator?.amount ?? 0n))
}
