import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import { placeOfDay, WEEKS } from '../facts/calendar.ts'
import { expansionStrategies } from '../facts/kind.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { HEADER, NOW } from '../facts/testing/a-store.ts'
import { type Ledger, naiveAccounts } from '../facts/testing/naive.ts'
import { type AccountMonth, between, pays, type Rates, worth } from '../facts/testing/naive-currencies.ts'
import {
  dayLevels,
  dayOfRow,
  daySpans,
  monthsBefore,
  plus,
  sundayAfter,
  type WeekQuestion,
  weekLogos,
  weekMovements,
} from '../facts/testing/naive-weeks.ts'
import { randomLedger, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { randomOutlook } from '../facts/testing/random-outlook.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import { evaluate } from './evaluate.ts'
import { evaluateGroups, MOST_GROUPS } from './evaluate-groups.ts'
import { explain } from './explain.ts'
import { metricKeys, metricOf } from './registry.ts'
import { report } from './report.ts'
import type { MetricValue } from './result.ts'
import { strategyMix } from './strategy-mix.ts'
import { storeOf, terms } from './testing/plain.ts'
import { dimensionOf, kinds, randomSets, whereOf } from './testing/random-dimensions.ts'
import { randomView } from './testing/random-view.ts'
import { viewOf } from './view.ts'
import { hasWeeks } from './weeks.ts'

const runs = { numRuns: 100 }
const weekly = metricKeys.filter((key) => hasWeeks(metricOf(key)))

vi.setConfig({ testTimeout: 90_000 })

/** Weeks around the random ledgers, which lie from January 2023 to June 2024. */
const randomWeeks = fc
  .tuple(
    fc.integer({ min: placeOfDay(WEEKS, '2022-12-05'), max: placeOfDay(WEEKS, '2024-07-15') }),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([start, weeks]) => ({ start, end: start + weeks }))

/** Numerator and denominator of each metric by the plain definitions, from a Monday until another. */
function plainTerms(question: WeekQuestion, window: number) {
  const { start, end } = question
  const [before, last] = [plus(start, -1), plus(end, -1)]
  const movements = weekMovements(question)
  const flow = (kind: string) => {
    const changes = movements.filter((movement) => movement.kind === kind).map(({ change }) => change)
    return (kind === 'CONTRACTION' || kind === 'CHURN' ? -1 : 1) * changes.reduce((a, b) => a + b, 0)
  }
  const [opening, closing] = [dayLevels(question, before), dayLevels(question, last)]
  const spans = daySpans(question, monthsBefore(last, window), last)
  const years = Array.from({ length: 12 }, (_, back) =>
    daySpans(question, monthsBefore(last, back + 12), monthsBefore(last, back)),
  )
  const [gained, grown, shrunk, lost, back] = ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN', 'REACTIVATION'].map(
    flow,
  ) as [number, number, number, number, number]
  const logos = weekLogos(question)
  return {
    mrr: [closing.mrr],
    arr: [closing.mrr * 12],
    arpa: [closing.mrr, closing.accounts],
    seats: [closing.seats],
    seatGrowth: [closing.seats - opening.seats, opening.seats],
    new: [gained],
    expansion: [grown],
    contraction: [shrunk],
    churn: [lost],
    reactivation: [back],
    fx: [0],
    nrr: [spans.closing, spans.opening],
    grr: [spans.kept, spans.opening],
    nrrTrailingAverage: [
      years.reduce((sum, one) => sum + one.closing, 0),
      years.reduce((sum, one) => sum + one.opening, 0),
    ],
    expansionRate: [grown, opening.mrr],
    contractionRate: [shrunk, opening.mrr],
    revenueChurnRate: [lost, opening.mrr],
    logoChurnRate: [logos.lost, logos.open],
    netMrrChurnRate: [shrunk + lost - grown, opening.mrr],
    quickRatio: [gained + grown, shrunk + lost],
    expansionShare: [grown, gained + grown + back],
  }
}

type Key = keyof ReturnType<typeof plainTerms>
const all = Object.keys(plainTerms({ ...emptyQuestion(), view: viewOf() }, 12)) as Key[] // its own keys

function emptyQuestion() {
  return {
    ledger: { accounts: [], plans: [], changes: [] },
    scope: [],
    where: {},
    start: '2024-01-01',
    end: '2024-01-08',
  }
}

const whole = (values: readonly (number | undefined)[]) => values.map((value) => (value ?? Number.NaN) + 0)
const shownOf = ({ values, total }: { values: MetricValue[]; total: MetricValue | null }) => [...values, total!]

describe('by week, on random ledgers', () => {
  it('every sum of a week is in a metric that is compared here; others are made of the same sums', () => {
    expect(weekly).toEqual(expect.arrayContaining([...all, 'committedMrr', 'trialMrr']))
  })

  it('every metric is the plain definition, week by week and in total', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        fc.oneof(fc.constant({}), randomWhere),
        randomWeeks,
        fc.constantFrom(12, 3, 1),
        (ledger, scope, where, range, window) => {
          const store = storeOf(ledger)
          const query = { scope: accountsOf(store, scope), now: NOW, where, range, bucket: 'WEEK' } as const
          const keys = all.filter((key) => key !== 'nrrTrailingAverage' || window === 12)
          for (const series of evaluate(store, { ...query, keys, window })) {
            expect(series.values.length).toBe(range.end - range.start)
            for (const value of shownOf(series)) {
              const plain = plainTerms({ ledger, scope, where, view: viewOf(), ...value.days }, window)
              const key = series.definition.key as Key // one of them
              expect(whole(terms(value)), `${key} ${value.days.start}`).toEqual(whole(plain[key]))
              if (plain[key][1] === 0) expect(value.value, key).toBe(null)
            }
          }
        },
      ),
      runs,
    )
  })

  it('the flows of every week, and of all of them, lead from opening to closing', () => {
    fc.assert(
      fc.property(randomLedger, randomScope, randomWeeks, (ledger, scope, range) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, scope), now: NOW, range, bucket: 'WEEK' } as const
        const keys = ['new', 'reactivation', 'expansion', 'contraction', 'churn', 'fx'] as const
        const found = evaluate(store, { ...query, keys }).map(shownOf)
        const [mrr] = evaluate(store, { ...query, keys: ['mrr'], range: { start: range.start - 1, end: range.end } })
        const closings = mrr!.values.map((value) => Number(value.minor))
        const signed = found.map((values, key) =>
          values.map((value) => (key === 3 || key === 4 ? -1 : 1) * Number(value.minor)),
        )
        const moved = signed[0]!.map((_, place) => signed.reduce((sum, values) => sum + values[place]!, 0))
        closings.slice(1).forEach((closing, place) => {
          expect(closings[place]! + moved[place]!).toBe(closing)
        })
        expect(closings[0]! + moved.at(-1)!).toBe(closings.at(-1))
        const mix = strategyMix(store, query)
        expect(mix.total).toBe(BigInt(signed[2]!.at(-1)!))
        expect(mix.days).toEqual(mrr!.values.slice(1).map(({ days }) => days.start))
        mix.strategies[0]!.minor.forEach((_, place) => {
          expect(mix.strategies.reduce((sum, { minor }) => sum + minor[place]!, 0n)).toBe(BigInt(signed[2]![place]!))
        })
      }),
      runs,
    )
  })

  it('any view names the movements of weeks as the plain definition does', () => {
    const keys = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'logoChurnRate', 'mrr'] as const
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomWeeks,
        randomView,
        (ledger, scope, where, range, view) => {
          const store = storeOf(ledger)
          const query = { scope: accountsOf(store, scope), now: NOW, where, range, bucket: 'WEEK', view } as const
          for (const series of evaluate(store, { ...query, keys })) {
            for (const value of shownOf(series)) {
              const plain = plainTerms({ ledger, scope, where, view: viewOf(view), ...value.days }, 12)
              const key = series.definition.key as Key // one of them
              expect(whole(terms(value)), `${key} ${viewOf(view).name}`).toEqual(whole(plain[key]))
            }
          }
        },
      ),
      runs,
    )
  })

  it('every explanation of a week lands on its number, account by account', () => {
    const strategies = fc.option(fc.subarray([...expansionStrategies]), { nil: undefined })
    fc.assert(
      fc.property(
        fc.tuple(fc.oneof(randomLedger, currencyLedger), randomScope, randomWhere, strategies),
        randomWeeks,
        fc.constantFrom(...weekly),
        fc.option(randomView, { nil: undefined }),
        fc.constantFrom(12, 3, 1),
        ([ledger, ids, filter, strategy], range, key, view, months) => {
          const store = storeOf(ledger)
          const metric = metricOf(key)
          const window = 'windows' in metric && metric.windows?.includes(months) ? months : undefined
          const where = metric.byStrategy && strategy ? { ...filter, strategy } : filter
          const query = { scope: accountsOf(store, ids), now: NOW, where, view, window }
          const found = explain(store, { ...query, key, bucket: 'WEEK', at: range.start, limit: 100 })
          const [series] = evaluate(store, { ...query, keys: [key], bucket: 'WEEK', range })
          expect(found.value, key).toEqual(series!.values[0])
          expect(found.difference, key).toBe(0n)
          expect(found.period.end).toBe(found.value.days.end)
          const { items, total } = found.spans
          expect(items.length).toBe(total)
          if (total === 0 || found.landsOn === null) return
          const [above, below] = [found.value.numerator, found.value.denominator].map((term) =>
            BigInt(term?.minor ?? term?.value ?? 0),
          ) as [bigint, bigint]
          expect(items.at(-1)!.runningTotal, key).toBe(found.landsOn === 'DIFFERENCE' ? above - below : above)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('what stands beside MRR is that of the week’s close', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomOutlook,
        randomScope,
        randomWhere,
        randomWeeks,
        (ledger, beside, scope, where, range) => {
          const outlook = beside
            .filter(({ accountId }) => ledger.accounts.some(({ id }) => id === accountId))
            .map((row) => ({ ...row, currency: 'USD' }))
          const store = storeOf({ ...ledger, outlook })
          const query = { scope: accountsOf(store, scope), now: NOW, where, range, bucket: 'WEEK' } as const
          const [committed, trial] = evaluate(store, { ...query, keys: ['committedMrr', 'trialMrr'] })
          const accounts = naiveAccounts(ledger, scope, where)
          const productOf = (id: string) => ledger.plans.find((plan) => plan.id === id)?.productId ?? ''
          const sum = (kind: string, day: string) =>
            outlook
              .filter((row) => row.kind === kind && dayOfRow(row) <= day)
              .filter(({ planId, region, accountId }) => {
                const account = accounts.find(({ id }) => id === accountId)
                return (
                  account &&
                  (where.region?.includes(region || (account.region ?? '')) ?? true) &&
                  (where.planId?.includes(planId) ?? true) &&
                  (where.productId?.includes(productOf(planId)) ?? true)
                )
              })
              .reduce((all, row) => all + row.amountMinor, 0)
          committed!.values.forEach((value, place) => {
            const close = plus(value.days.end, -1)
            const { mrr } = dayLevels({ ledger, scope, where }, close)
            expect([Number(value.minor), Number(trial!.values[place]!.minor)]).toEqual([
              mrr + sum('PENDING', close),
              sum('TRIAL', close),
            ])
          })
        },
      ),
      runs,
    )
  })

  it('a group is the question with the filter that says the same, in series and reports', () => {
    fc.assert(
      fc.property(
        fc.oneof(randomLedger, currencyLedger),
        randomScope,
        randomWhere,
        randomWeeks,
        fc.subarray([...kinds], { minLength: 1, maxLength: 2 }),
        randomSets,
        (ledger, ids, where, range, wanted, sets) => {
          const store = storeOf(ledger)
          const by = wanted.map((kind) => dimensionOf(kind, store, sets))
          const query = {
            scope: accountsOf(store, ids),
            now: NOW,
            where,
            range,
            bucket: 'WEEK',
            compare: 'PREVIOUS',
          } as const
          const measures = weekly.map((key) => ({ key }))
          const limit = { first: MOST_GROUPS, others: 'TOGETHER' } as const
          const found = evaluateGroups(store, { ...query, measures, by, limit })
          const values = ({ values, total }: Pick<(typeof found)[number], 'values' | 'total'>) => ({ values, total })
          expect(found.map(values)).toEqual(evaluate(store, { ...query, keys: weekly }).map(values))
          for (const [place, group] of (found[0]?.groups ?? []).entries()) {
            const narrowed = { ...query, where: whereOf(where, store, by, group.keys) }
            evaluate(store, { ...narrowed, keys: weekly }).forEach((series, index) => {
              expect(values(found[index]!.groups[place]!), JSON.stringify(group.keys)).toEqual(values(series))
            })
          }
          const rows = report(store, {
            ...query,
            by,
            measures: [{ key: 'expansion' }, { key: 'nrr' }],
            first: 10_000,
          }).rows
          const expansion = found[weekly.indexOf('expansion')]!
          const cells = expansion.groups.flatMap(({ keys, values: own }) =>
            own.map((value) => [...keys.map((key) => key.value), value.days.start, value.value]),
          )
          const shown = rows.map((row) => row.slice(0, -1).map(({ value }) => value))
          expect(shown.map(String).sort()).toEqual(cells.map(String).sort())
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('by week, on random ledgers of several currencies', () => {
  const day = (place: number) => new Date(place * 86_400_000).toISOString().slice(0, 10)
  const placeOf = (text: string) => new Date(text).getTime() / 86_400_000
  const keys = ['mrr', 'new', 'expansion', 'contraction', 'churn', 'reactivation', 'fx', 'nrr', 'grr'] as const

  /** Rows with days for months, as the plain definitions count places. */
  const byDay = (ledger: Ledger, id: string) =>
    ledger.changes.filter((row) => row.accountId === id).map((row) => ({ ...row, month: placeOf(dayOfRow(row)) }))

  function plain(ledger: Ledger, rates: Rates, start: string, window: number) {
    const sum = (values: readonly (bigint | null)[]): bigint | null =>
      values.reduce<bigint | null>((a, b) => (a === null || b === null ? null : a + b), 0n)
    const accounts = ledger.accounts.map(({ id }) => byDay(ledger, id))
    const [before, close] = [placeOf(start) - 1, placeOf(start) + 6]
    const weeks = accounts.map((rows) =>
      between(rows, [before, close], rates, (row) => placeOf(sundayAfter(day(row.month)))),
    )
    const flow = (kind: AccountMonth['kind']) => {
      const isUnknown = weeks.some((one) => one.kind === 'UNKNOWN') && (kind === 'EXPANSION' || kind === 'CONTRACTION')
      const found = isUnknown ? null : sum(weeks.filter((one) => one.kind === kind).map((one) => one.moved))
      return found !== null && found < 0n ? -found : found
    }
    const opening = placeOf(monthsBefore(day(close), window))
    const cohort = accounts.filter((rows) => pays(rows, opening))
    const ends = cohort.map(
      (rows) => [worth(rows, opening, opening, rates), worth(rows, close, opening, rates)] as const,
    )
    const kept = ends.map(([a, b]) => (a === null || b === null ? null : b - a < 0n ? b : a))
    return {
      mrr: [sum(weeks.map((one) => one.closing))],
      new: [flow('NEW')],
      expansion: [flow('EXPANSION')],
      contraction: [flow('CONTRACTION')],
      churn: [flow('CHURN')],
      reactivation: [flow('REACTIVATION')],
      fx: [sum(weeks.map((one) => one.fx))],
      nrr: [sum(ends.map(([, after]) => after)), sum(ends.map(([first]) => first))],
      grr: [sum(kept), sum(ends.map(([first]) => first))],
    }
  }

  it.each([true, false])('every week is the plain definition, or NO_RATE where that lacks one (gaps: %s)', (gaps) => {
    const weeks = fc.record({ rate: fc.integer({ min: 1, max: 99_999 }), day: fc.integer({ min: 0, max: 6 }) })
    const more = fc.array(fc.option(weeks, { freq: gaps ? 4 : 1_000_000 }), { minLength: 270, maxLength: 270 })
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps }),
        more,
        randomWeeks,
        fc.constantFrom(1, 3, 12),
        (ledger, monthly, quotes, range, window) => {
          const between = quotes.flatMap((quote, index) => {
            const currency = ['USD', 'EUR', 'KWD'][index % 3]!
            const monday = placeOf('2022-11-28') + Math.floor(index / 3) * 7
            return quote ? [{ currency, day: day(monday + quote.day), rate: `${quote.rate / 1000}`, per: '1' }] : []
          })
          const known = new Map([...monthly, ...between].map((row) => [`${row.currency} ${row.day}`, row]))
          const rows = [...known.values()]
          const store = buildStore({ ...HEADER, currency: REPORTING, ...ledger, rates: rows })
          const rates = { rows, reporting: REPORTING, today: '2025-01-15', closeOf: day }
          const query = { scope: everyAccount(store), now: NOW, range, window, bucket: 'WEEK' } as const
          for (const series of evaluate(store, { ...query, keys })) {
            for (const value of series.values) {
              const expected = plain(ledger, rates, value.days.start, window)[
                series.definition.key as (typeof keys)[number]
              ]
              const where = `${series.definition.key} of ${value.days.start}`
              expect(value.reason === 'NO_RATE', where).toBe(expected.includes(null))
              if (expected.includes(null)) continue
              const shown = [value.numerator, ...(value.denominator ? [value.denominator] : [])]
              expect(
                shown.map((term) => term?.minor),
                where,
              ).toEqual(expected)
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
