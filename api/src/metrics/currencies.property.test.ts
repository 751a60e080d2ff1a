import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import type { RateRow } from '../facts/rates.ts'
import { everyAccount } from '../facts/scope.ts'
import type { FactWhere } from '../facts/slice.ts'
import { HEADER, NOW } from '../facts/testing/a-store.ts'
import type { Ledger } from '../facts/testing/naive.ts'
import { type AccountMonth, accountMonth, pays, type Rates, worth } from '../facts/testing/naive-currencies.ts'
import { randomLedger, randomRange, randomWhere } from '../facts/testing/random-ledger.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { movements } from './movement-list.ts'
import { metricKeys } from './registry.ts'
import type { MetricValue } from './result.ts'
import { strategyMix } from './strategy-mix.ts'
import { waterfall } from './waterfall.ts'

const storeOf = (ledger: Ledger, rates: readonly RateRow[], currency = REPORTING) =>
  buildStore({ ...HEADER, currency, ...ledger, rates })
const ratesOf = (rows: readonly RateRow[]): Rates => ({ rows, reporting: REPORTING, today: '2025-01-15' })
const runs = { numRuns: 150 }

vi.setConfig({ testTimeout: 60_000 })

const sum = (values: readonly (bigint | null)[]): bigint | null =>
  values.reduce<bigint | null>((a, b) => (a === null || b === null ? null : a + b), 0n)
const absolute = (value: bigint | null) => (value === null ? null : value < 0n ? -value : value)
const rowsOf = (ledger: Ledger, id: string) => ledger.changes.filter((row) => row.accountId === id)

/** Money terms of a month by the plain definitions; null where a rate is missing. */
function naiveTerms(ledger: Ledger, rates: Rates, month: number, window: number) {
  const all = ledger.accounts.map(({ id }) => rowsOf(ledger, id))
  const months = all.map((rows) => accountMonth(rows, month, rates))
  const flow = (kind: AccountMonth['kind']) => {
    const isUnknown = months.some((one) => one.kind === 'UNKNOWN') && (kind === 'EXPANSION' || kind === 'CONTRACTION')
    return isUnknown ? null : absolute(sum(months.filter((one) => one.kind === kind).map((one) => one.moved)))
  }
  const [opening, at] = [month - window, month]
  const cohort = all.filter((rows) => pays(rows, opening))
  const before = cohort.map((rows) => worth(rows, opening, opening, rates))
  const after = cohort.map((rows) => worth(rows, at, opening, rates))
  const kept = after.map((value, index) => {
    const base = before[index] ?? null
    return value === null || base === null ? null : [value, base].sort((a, b) => Number(a - b))[0]!
  })
  return {
    mrr: [sum(months.map((one) => one.closing))],
    new: [flow('NEW')],
    expansion: [flow('EXPANSION')],
    contraction: [flow('CONTRACTION')],
    churn: [flow('CHURN')],
    reactivation: [flow('REACTIVATION')],
    fx: [sum(months.map((one) => one.fx))],
    nrr: [sum(after), sum(before)],
    grr: [sum(kept), sum(before)],
  }
}

const keys = ['mrr', 'new', 'expansion', 'contraction', 'churn', 'reactivation', 'fx', 'nrr', 'grr'] as const
const minor = (value: MetricValue) => [value.numerator, ...(value.denominator ? [value.denominator] : [])]

describe('on random ledgers of several currencies', () => {
  it('every month is the plain definition, or NO_RATE exactly where that lacks a rate', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: true }),
        randomRange,
        fc.constantFrom(1, 3, 12),
        (ledger, rates, range, window) => {
          const store = storeOf(ledger, rates)
          const answers = evaluate(store, { scope: everyAccount(store), now: NOW, range, window, keys })
          for (const series of answers) {
            for (const value of series.values) {
              const naive = naiveTerms(ledger, ratesOf(rates), value.period.start, window)
              const expected = naive[series.definition.key as keyof typeof naive]
              const where = `${series.definition.key} of ${value.period.start}`
              expect(value.reason === 'NO_RATE', where).toBe(expected.includes(null))
              if (!expected.includes(null))
                expect(
                  minor(value).map((term) => term?.minor),
                  where,
                ).toEqual(expected)
            }
          }
        },
      ),
      runs,
    )
  })

  it('opening, movements and rates give closing: for each account and in total, in every slice', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: false }),
        randomRange,
        randomWhere,
        (ledger, rates, range, where) => {
          const store = storeOf(ledger, rates)
          const query = { scope: everyAccount(store), now: NOW, range, population: 'ALL' } as const
          for (const narrowed of [{}, where, { currency: ['USD', 'KWD'] }, { accountIds: ['a0'] }]) {
            const all = waterfall(store, { ...query, where: narrowed })
            expect(all.difference).toBe(0n)
            if (all.reason) continue
            const [mrr] = evaluate(store, { ...query, where: narrowed, keys: ['mrr'] })
            expect(all.closing).toBe(mrr?.total?.minor)
          }
          const whole = waterfall(store, query)
          if (whole.reason) return
          const [first, last] = [range.start - 1, range.end - 1]
          const levels = (month: number) =>
            sum(ledger.accounts.map(({ id }) => worth(rowsOf(ledger, id), month, month, ratesOf(rates))))
          expect([whole.opening, whole.closing]).toEqual([levels(first), levels(last)])
        },
      ),
      runs,
    )
  })

  it('the slices of a partition by account, region, plan and currency add to the whole, to the minor unit', () => {
    const flows = ['mrr', 'fx', 'seats'] as const
    fc.assert(
      fc.property(currencyLedger, randomRates({ gaps: false }), randomRange, (ledger, rates, range) => {
        const store = storeOf(ledger, rates)
        const total = (where: FactWhere) =>
          evaluate(store, { scope: everyAccount(store), now: NOW, where, range, keys: flows }).map((series) =>
            series.total?.reason === 'NO_RATE'
              ? Number.NaN
              : Number(series.total?.numerator?.minor ?? series.total?.value),
          )
        const whole = total({})
        if (whole.some(Number.isNaN)) return
        const add = (parts: number[][]) => flows.map((_, index) => parts.reduce((all, part) => all + part[index]!, 0))
        expect(add(ledger.accounts.map(({ id }) => total({ accountIds: [id] })))).toEqual(whole)
        expect(add(['', 'EU', 'US', 'JP'].map((region) => total({ region: [region] })))).toEqual(whole)
        expect(add(ledger.plans.map(({ id }) => total({ planId: [id] })))).toEqual(whole)
        expect(add(['JPY', 'USD', 'EUR', 'KWD'].map((one) => total({ currency: [one] })))).toEqual(whole)
      }),
      runs,
    )
  })

  it('strategies add to expansion, parts of a movement to it, and movements to their metrics', () => {
    fc.assert(
      fc.property(currencyLedger, randomRates({ gaps: false }), randomRange, (ledger, rates, range) => {
        const store = storeOf(ledger, rates)
        const query = { scope: everyAccount(store), now: NOW, range }
        const [expansion, fx] = evaluate(store, { ...query, keys: ['expansion', 'fx'] })
        if (expansion?.total?.reason || fx?.total?.reason) return
        expect(strategyMix(store, query).total).toBe(expansion?.total?.minor)
        const page = movements(store, { ...query, where: { range }, limit: 10_000 })
        for (const { kind, strategyParts, change, opening, closing, rates: used } of page.items) {
          expect(closing - opening).toBe(change)
          expect(used.length > 0).toBe(kind === 'FX')
          if (kind === 'EXPANSION' || kind === 'CONTRACTION')
            expect(strategyParts.reduce((all, part) => all + part.minor, 0n)).toBe(change)
        }
        const totalOf = (kind: string) => page.totals.find((one) => one.kind === kind)?.minor ?? 0n
        expect([totalOf('EXPANSION'), totalOf('FX')]).toEqual([expansion?.total?.minor, fx?.total?.minor])
      }),
      runs,
    )
  })

  it('GRR is at most 1 and at most NRR, the cohort bridge divides to both, and every explanation lands on its number', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: true }),
        randomWhere,
        fc.integer({ min: 2023 * 12, max: 2024 * 12 + 8 }),
        fc.constantFrom(...metricKeys),
        (ledger, rates, where, at, key) => {
          const store = storeOf(ledger, rates)
          const query = { scope: everyAccount(store), now: NOW, where }
          const range = { start: at, end: at + 1 }
          const [nrr, grr] = evaluate(store, { ...query, range, keys: ['nrr', 'grr'] })
          const bridge = waterfall(store, { ...query, range, population: 'COHORT' })
          expect([bridge.nrr, bridge.grr, bridge.difference]).toEqual([nrr?.total?.value, grr?.total?.value, 0n])
          expect(bridge.reason).toBe(nrr?.total?.reason)
          if (grr?.total?.value) {
            expect(Number(grr.total.value)).toBeLessThanOrEqual(1)
            expect(Number(grr.total.value)).toBeLessThanOrEqual(Number(nrr?.total?.value))
          }
          expect(explain(store, { ...query, at, key, limit: 100 }).difference).toBe(0n)
        },
      ),
      runs,
    )
  })

  it('currencies that are worth the same for ever are one currency: every answer is that of the plain path', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomWhere,
        randomRange,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (ledger, where, range, isEuro) => {
          const days = Array.from({ length: 60 }, (_, month) => new Date(Date.UTC(2021, month + 1, 0)))
          const rates = [...days, new Date(NOW)].map((day) => ({
            currency: 'EUR',
            day: day.toISOString().slice(0, 10),
            rate: '2',
            per: '2',
          }))
          const mixed = {
            ...ledger,
            changes: ledger.changes.map((row) => ({
              ...row,
              currency: isEuro[Number(row.accountId.slice(1)) * 4 + (row.planId.length % 4)] ? 'EUR' : 'USD',
            })),
          }
          const [one, other] = [storeOf(ledger, [], 'USD'), storeOf(mixed, rates, 'USD')].map((store) => {
            const query = { scope: everyAccount(store), now: NOW, where, range }
            const { items, totals } = movements(store, { ...query, where: { range }, limit: 10_000 })
            return [
              evaluate(store, { ...query, keys: metricKeys }),
              waterfall(store, { ...query, population: 'ALL' }),
              waterfall(store, { ...query, population: 'COHORT' }),
              strategyMix(store, query),
              [items, totals],
              metricKeys.map((key) => explain(store, { ...query, key, at: range.end - 1 })),
            ]
          })
          expect(other).toEqual(one)
        },
      ),
      { numRuns: 60 },
    )
  })
})
