import { firstDayIn } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { expansionStrategies } from '../facts/kind.ts'
import type { MonthRange } from '../facts/month.ts'
import { sumStrategies } from '../facts/sum-strategies.ts'
import { axisOf } from '../facts/walk.ts'
import type { StrategyMix } from './chart-result.ts'
import { monthsBehind, standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { defaultRange } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { calendarOf, checkRange, periodsOf } from './periods.ts'
import type { StrategyMixQuery } from './query.ts'
import { refuseWithoutRate, settle } from './question.ts'
import { refuseStrategies } from './strategy-filter.ts'

/** Expansion by strategy. The strategies add to the metric `expansion` of the same range exactly. */
export function strategyMix(store: Store, query: StrategyMixQuery): StrategyMix {
  refuseStrategies('strategyMix', query.where)
  const { bucket = 'MONTH' } = query
  const calendar = calendarOf(bucket)
  const question = settle(store, query, calendar)
  const range = checkRange(query.range ?? defaultRange(store, query.now, calendar), calendar)
  const periods = periodsOf(range, bucket, store.fiscalYearStart)
  const axis = axisOf(question.slice, range.start, range.end - 1)
  const sums = sumStrategies(question.slice, axis)
  const unknown = sums.absolute.findIndex((size, place) => place >= range.start - axis.first && Number.isNaN(size))
  if (unknown >= 0) refuseWithoutRate(question, axis.first + unknown)
  const sum = (column: Float64Array | undefined, { start, end }: MonthRange) =>
    BigInt(
      (column ?? new Float64Array())
        .subarray(start - axis.first, Math.max(end - axis.first, 0))
        .reduce((a, b) => a + b, 0),
    )
  const strategies = expansionStrategies.map((strategy, code) => ({
    strategy,
    minor: periods.map((period) => sum(sums.parts[code], period)),
    total: sum(sums.parts[code], range),
  }))
  const total = strategies.reduce((all, strategy) => all + strategy.total, 0n)
  const absolute = sum(sums.absolute, range)
  return {
    months: periods.map((period) => period.start),
    days: periods.map((period) => firstDayIn(calendar, period.start)),
    currency: question.currency,
    strategies,
    total,
    confirmedShare: total === 0n || absolute === 0n ? null : divide(sum(sums.confirmed, range), absolute),
    completeness: periods.map((period) => standingOf(question, monthsBehind(period), 'PART').completeness),
    definition: DEFINITION_VERSION,
    view: question.view.name,
    asOf: store.asOf,
    version: store.version,
  }
}
