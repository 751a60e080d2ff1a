import { firstDayIn } from '../facts/calendar.ts'
import type { MonthRange } from '../facts/month.ts'
import { toMajor } from '../shared/money.ts'
import { rational, roundHalfEven } from '../shared/rational.ts'
import { valueStanding } from './completeness.ts'
import { divide, divideMoney } from './decimal.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { isMissing } from './measure.ts'
import type { Measure, Metric, Term } from './metric.ts'
import type { Question } from './question.ts'
import type { DayRange, MetricTerm, MetricValue } from './result.ts'

/** The days of a period of a question. */
export function daysOf({ slice }: Question, { start, end }: MonthRange): DayRange {
  const { calendar } = slice.store
  return { start: firstDayIn(calendar, start), end: firstDayIn(calendar, end) }
}

/** A measure as it is shown: exact decimals, completeness and provenance, or the reason why there is no value. */
export function toValue(
  question: Question,
  metric: Metric,
  period: MonthRange,
  measure: Measure,
  window: number | null = null,
): MetricValue {
  const { store, currency, view } = question
  const hasRate = !isMissing(measure)
  const reason = hasRate ? (measure.undefinedBecause ?? null) : 'NO_RATE'
  const shown = (term: Term | undefined) => (term && hasRate ? toTerm(term, currency) : null)
  return {
    period,
    days: daysOf(question, period),
    value: reason ? null : decimalOf(metric, measure, currency),
    minor: reason || metric.unit !== 'MONEY' ? null : minorOf(measure),
    currency,
    unit: metric.unit,
    numerator: shown(measure.numerator),
    denominator: shown(measure.denominator),
    reason,
    ...valueStanding(question, metric, period, window),
    definition: {
      key: metric.key,
      version: DEFINITION_VERSION,
      revision: store.closed.revision,
      policy: store.closed.policy,
      view: view.name,
    },
    asOf: store.asOf,
    version: store.version,
    previous: null,
  }
}

export function toTerm({ label, amount, unit }: Term, currency: string): MetricTerm {
  const isMoney = unit === 'MONEY'
  return { label, value: isMoney ? toMajor(amount, currency) : String(amount), unit, minor: isMoney ? amount : null }
}

function decimalOf(metric: Metric, { numerator, denominator }: Measure, currency: string): string {
  if (!denominator) return toTerm(numerator, currency).value
  if (metric.unit === 'MONEY') return divideMoney(numerator.amount, denominator.amount, currency)
  return divide(numerator.amount, denominator.amount)
}

/** An average is rounded to the minor unit here, and exact in `value`. */
function minorOf({ numerator, denominator }: Measure): bigint {
  return denominator ? roundHalfEven(rational(numerator.amount, denominator.amount)) : numerator.amount
}
