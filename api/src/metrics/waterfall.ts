import { bridgeCohort, bridgePeriod, type PeriodBridge } from '../facts/bridges.ts'
import { MONTHS } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { kindCode } from '../facts/kind.ts'
import type { MonthRange } from '../facts/month.ts'
import type { Step } from '../facts/step.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { StrategyPart, Waterfall, WaterfallStep } from './chart-result.ts'
import { monthsBehind, standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { lastCompleteMonth } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { wholeMinor } from './measure.ts'
import { withHistory } from './measure-all.ts'
import { nrr } from './nrr/nrr.ts'
import { checkRange } from './periods.ts'
import type { WaterfallQuery } from './query.ts'
import { type Question, settle } from './question.ts'
import { refuseStrategies } from './strategy-filter.ts'
import { strategyParts } from './strategy-parts.ts'
import type { UndefinedReason, WaterfallStepKey } from './vocabulary.ts'
import { windowOf } from './window.ts'

/**
 * From opening to closing. ALL: every account's movements of the range. COHORT: the accounts of NRR, point to point over the
 * window that ends with the range; its terms divide to `nrr` and `grr`.
 */
export function waterfall(store: Store, query: WaterfallQuery): Waterfall {
  refuseStrategies('waterfall', query.where)
  const question = settle(store, query)
  const last = lastCompleteMonth(store, query.now)
  const range = checkRange(query.range ?? { start: last, end: last + 1 })
  if (range.start === range.end) throw new ExpectedError('INVALID_INPUT', 'The range holds no month', 'range')
  return query.population === 'ALL' ? allAccounts(question, range) : cohort(question, range.end, query.window)
}

function allAccounts(question: Question, range: MonthRange): Waterfall {
  const bridge = bridgePeriod(question.slice, range)
  const { opening, closing, kinds } = bridge
  const isKnown = ![opening, closing, ...kinds].some(isUnknown) && !expansionParts(bridge, range).some(Number.isNaN)
  const reason = isKnown ? null : 'NO_RATE'
  if (reason) return { ...allOf(range, bridge), ...settled(question, monthsBehind(range), [], reason) }
  const kind = (key: Exclude<keyof typeof kindCode, 'NONE'>) =>
    toStep(question, key, kinds[kindCode[key]], partsOf(bridge, key, range))
  const [transfer, fx] = [kinds[kindCode.NONE], kinds[kindCode.FX]]
  const changes = [
    ...(['NEW', 'EXPANSION', 'REACTIVATION', 'CONTRACTION', 'CHURN'] as const).map(kind),
    ...(fx?.amount ? [kind('FX')] : []),
    ...(transfer?.accounts ? [toStep(question, 'TRANSFER', transfer)] : []),
  ]
  const steps = [toStep(question, 'OPENING', opening), ...changes, toStep(question, 'CLOSING', closing)]
  return { ...allOf(range, bridge), ...settled(question, monthsBehind(range), steps, null) }
}

const allOf = (period: MonthRange, { accounts }: PeriodBridge) =>
  ({ population: 'ALL', period, accounts, nrr: null, grr: null }) as const

const isUnknown = ({ amount }: Step): boolean => Number.isNaN(amount)

function partsOf(bridge: PeriodBridge, key: WaterfallStepKey, range: MonthRange): StrategyPart[] {
  return key === 'EXPANSION' ? strategyParts(expansionParts(bridge, range)) : []
}

/** By strategy code. */
function expansionParts({ strategies: { axis, parts } }: PeriodBridge, { start }: MonthRange): number[] {
  return parts.map((part) => part.subarray(start - axis.first).reduce((sum, amount) => sum + amount, 0))
}

function cohort(question: Question, end: number, asked: number | undefined): Waterfall {
  const window = windowOf(nrr, asked) ?? nrr.windows[0]
  const period = { start: end - window, end }
  const bridge = bridgeCohort(question.slice, { opening: end - 1 - window, closing: end - 1 })
  const { opening, expanded, contracted, lost, closing } = bridge
  const shown = { population: 'COHORT', period, accounts: opening.accounts } as const
  if (Object.values(bridge).some(isUnknown))
    return { ...shown, nrr: null, grr: null, ...settled(question, monthsBehind(period, window), [], 'NO_RATE') }
  const steps = [
    toStep(question, 'OPENING', opening),
    toStep(question, 'EXPANDED', expanded),
    toStep(question, 'CONTRACTED', contracted),
    toStep(question, 'LOST', lost),
    toStep(question, 'CLOSING', closing),
  ]
  const base: { undefinedBecause?: UndefinedReason } =
    opening.amount === 0 ? { undefinedBecause: 'NO_OPENING_MRR' } : {}
  const reason = withHistory(question, base, MONTHS.closeOf(end - 1 - window)).undefinedBecause ?? null
  const over = (amount: number) => (reason ? null : divide(BigInt(amount), BigInt(opening.amount)))
  return {
    ...shown,
    nrr: over(closing.amount),
    grr: over(opening.amount + contracted.amount + lost.amount),
    ...settled(question, monthsBehind(period, window), steps, reason),
  }
}

/** What both populations say of their steps; the difference is added up from what is shown. */
function settled(question: Question, months: number[], steps: WaterfallStep[], reason: UndefinedReason | null) {
  const { store, currency, view } = question
  const opening = reason ? 0n : (steps.at(0)?.minor ?? 0n)
  const closing = reason ? 0n : (steps.at(-1)?.minor ?? 0n)
  const changes = reason ? [] : steps.slice(1, -1)
  const difference = changes.reduce((sum, step) => sum + step.minor, opening) - closing
  return {
    steps: reason ? [] : steps,
    opening,
    closing,
    currency,
    reason,
    reconciles: difference === 0n,
    difference,
    completeness: standingOf(question, months).completeness,
    definition: DEFINITION_VERSION,
    view: view.name,
    asOf: store.asOf,
    version: store.version,
  }
}

function toStep(
  { store }: Question,
  key: WaterfallStepKey,
  step: Step | undefined,
  strategies: StrategyPart[] = [],
): WaterfallStep {
  const topAccounts = (step?.top ?? []).map(({ account, amount, seatsBefore, seatsAfter }) => ({
    account: { index: account, id: store.accounts.ids[account] ?? '' },
    minor: wholeMinor(amount),
    seatsBefore,
    seatsAfter,
  }))
  return { key, minor: wholeMinor(step?.amount ?? 0), accounts: step?.accounts ?? 0, strategies, topAccounts }
}
