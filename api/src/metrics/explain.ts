import { dayText, firstDayIn, MONTHS } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { atCloses } from '../facts/cut.ts'
import type { Month, MonthRange } from '../facts/month.ts'
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
import { type MovementEvidence, movementSpans } from './movement-spans.ts'
import { calendarOf, checkRange } from './periods.ts'
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
import { refuseByWeek } from './weeks.ts'
import { overOf, spanDays, spansOf, windowOf } from './window.ts'

/** A value with the evidence that adds up to its terms: spans for ratios, movements for flows. */
export function explain(store: Store, query: ExplainQuery): Explanation {
  const calendar = calendarOf(query.bucket ?? 'MONTH')
  const isByMonth = calendar === MONTHS
  const question = settle(store, query, calendar)
  const metric = metricOf(query.key, question.view)
  if (!isByMonth) refuseByWeek([metric])
  checkStrategies([metric], query.where)
  checkThen([metric], query.where)
  const { evidence } = metric
  const window = windowOf(metric, query.window)
  const at = query.at ?? lastCompleteMonth(store, query.now, calendar)
  const period = checkRange({ start: at, end: at + 1 }, calendar)
  const opening = window === null ? calendar.closeOf(at - 1) : calendar.monthsBefore(at, window + overOf(metric) - 1)
  const measure = measureAll(question, [period], [{ metric, window }])(metric, window, period)
  const value = toValue(question, metric, period, measure, window)
  const asked = {
    at,
    period,
    window,
    offset: query.offset ?? 0,
    limit: query.limit ?? 50,
  }
  const isKnown = value.reason !== 'NO_RATE'
  const nothingOf = nothing(question, measure)
  const gathered = isKnown ? gather(question, metric, asked) : null
  const found = { ...nothingOf, ...(gathered && { numerator: 0n, denominator: 0n, ...gathered }) }
  const difference = distance(found, measure)
  const accounts = found.spans.total + found.movements.accounts + found.entryAccounts
  const bridges = isByMonth && (metric.key === 'nrr' || metric.key === 'grr')
  return {
    metric: definitionOf(metric),
    value,
    period: { start: dayText(opening + 1), end: firstDayIn(calendar, at + 1) },
    sentence: sentenceOf(metric, { value, accounts, calendar, from: opening, to: at }),
    accounts,
    bridge: bridges ? waterfall(store, { ...query, population: 'COHORT', range: period }) : null,
    spans: found.spans,
    landsOn:
      evidence.by === 'SPANS' ? evidence.landsOn : evidence.by === 'MOVEMENTS' && !isByMonth ? 'NUMERATOR' : null,
    inputs: found.inputs,
    entries: found.entries,
    movements: found.movements,
    numeratorKinds: evidence.by === 'MOVEMENTS' && isByMonth ? evidence.numerator : [],
    denominatorKinds: evidence.by === 'MOVEMENTS' && isByMonth ? (evidence.denominator ?? []) : [],
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
type Asked = { at: Month; period: MonthRange; window: number | null; offset: number; limit: number }

function gather(question: Question, metric: Metric, asked: Asked): Partial<Found> | null {
  if (metric.needs === 'sums') return entriesOf(question, metric, asked)
  const { evidence } = metric
  if (evidence.by === 'SPANS') {
    const population = evidence.population ?? (asked.window === null ? 'ALL' : 'COHORT')
    const { among, spans } = spansBehind(question, metric, asked)
    const found = spanEvidence(among, { ...asked, evidence, spans, population })
    if (!found) return null
    const { page, ...sums } = found
    return { spans: page, ...sums }
  }
  if (evidence.by === 'MOVEMENTS')
    return question.slice.store.calendar === MONTHS
      ? movementsOf(question, evidence, asked)
      : movementSpans(question, evidence, asked)
  const axis = axisOf(question.slice, asked.at, asked.at)
  const seats = seatsByPlan(question.slice, axis).reduce((sum, plan) => sum + (plan.at(-1) ?? 0), 0)
  return { numerator: BigInt(seats), denominator: 0n }
}

/** The closes that are compared, and the facts that have them: a week closes on other days of the month than the one its window opens with. */
function spansBehind(
  question: Question,
  metric: Metric,
  { at, window }: Asked,
): { among: Question; spans: SpanPair[] } {
  const { calendar } = question.slice.store
  if (calendar === MONTHS || window === null) return { among: question, spans: spansOf(metric, window, at) }
  const days = spanDays(calendar, metric, window, at)
  const closes = [...new Set(days.flatMap(({ opening, closing }) => [opening, closing]))].sort((a, b) => a - b)
  return {
    among: { ...question, slice: atCloses(question.store, closes)(question.slice) },
    spans: days.map(({ opening, closing }) => ({
      opening: closes.indexOf(opening),
      closing: closes.indexOf(closing),
    })),
  }
}

function movementsOf(question: Question, evidence: MovementEvidence, { period, offset, limit }: Asked): Partial<Found> {
  const kinds = [...evidence.numerator, ...(evidence.denominator ?? [])]
  const orderBy = { field: 'AMOUNT', direction: 'DESC' } as const
  const page = pageOfMovements(question, { range: period, kinds, orderBy, offset, limit })
  const sum = (of: readonly string[] = []) =>
    page.totals.reduce((total, { kind, minor }) => (of.includes(kind) ? total + minor : total), 0n)
  return { movements: page, numerator: sum(evidence.numerator), denominator: sum(evidence.denominator) }
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
