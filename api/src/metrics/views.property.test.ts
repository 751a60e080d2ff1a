import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import type { RateRow } from '../facts/rates.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import type { FactWhere } from '../facts/slice.ts'
import { HEADER, NOW } from '../facts/testing/a-store.ts'
import { type Ledger, naiveLevels, naiveLogoChurn } from '../facts/testing/naive.ts'
import { pays, type Rates, worth } from '../facts/testing/naive-currencies.ts'
import { closesOf, nameOf, upTo, viewLostLogos, viewMovements } from '../facts/testing/naive-views.ts'
import { randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { movements } from './movement-list.ts'
import { metricKeys } from './registry.ts'
import type { MetricValue } from './result.ts'
import { strategyMix } from './strategy-mix.ts'
import { randomView } from './testing/random-view.ts'
import { type ViewAsked, viewOf } from './view.ts'
import { waterfall } from './waterfall.ts'

const storeOf = (ledger: Ledger) => buildStore({ ...HEADER, ...ledger })
const moneyStore = (ledger: Ledger, rates: readonly RateRow[]) =>
  buildStore({ ...HEADER, currency: REPORTING, ...ledger, rates })
const ratesOf = (rows: readonly RateRow[]): Rates => ({ rows, reporting: REPORTING, today: '2025-01-15' })
const runs = { numRuns: 150 }

vi.setConfig({ testTimeout: 60_000 })

/** Terms of the metrics that movements decide, by the plain definitions. */
function naiveTerms(
  ledger: Ledger,
  ids: string[],
  where: FactWhere,
  asked: ViewAsked,
  { start, end }: MetricValue['period'],
) {
  const view = viewOf(asked)
  const found = viewMovements(ledger, { ids, where, view, from: start, end }).filter(({ change }) => change !== 0)
  const flow = (kind: string) => {
    const sum = found.filter((one) => one.kind === kind).reduce((all, { change }) => all + change, 0)
    return kind === 'CONTRACTION' || kind === 'CHURN' ? 0 - sum : sum
  }
  const [gained, grown, shrunk, lost, back] = ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN', 'REACTIVATION'].map(
    flow,
  ) as [number, number, number, number, number]
  const opening = naiveLevels(ledger, ids, where, start - 1)
  const logos = naiveLogoChurn(ledger, ids, where, start, end)
  return {
    new: [gained],
    expansion: [grown],
    contraction: [shrunk],
    churn: [lost],
    reactivation: [back],
    expansionRate: [grown, opening.mrr],
    contractionRate: [shrunk, opening.mrr],
    revenueChurnRate: [lost, opening.mrr],
    logoChurnRate: [viewLostLogos(ledger, { ids, where, view, from: start, end }), logos.open],
    netMrrChurnRate: [shrunk + lost - grown, opening.mrr],
    quickRatio: [gained + grown + (view.quickRatio === 'WITH_REACTIVATION' ? back : 0), shrunk + lost],
    expansionShare: [grown, gained + grown + back],
    mrr: [naiveLevels(ledger, ids, where, end - 1).mrr],
  }
}

const whole = (term: MetricValue['numerator']) => (term ? Number(term.minor ?? term.value) : undefined)
const terms = (value: MetricValue) => [whole(value.numerator), ...(value.denominator ? [whole(value.denominator)] : [])]
const zeros = (values: (number | undefined)[]) => values.map((value) => (value === 0 ? 0 : value))

describe('under any view, on random ledgers', () => {
  it('every metric of movements is the plain definition, in every bucket and in total', () => {
    const keys = Object.keys(naiveTerms({ accounts: [], plans: [], changes: [] }, [], {}, {}, { start: 0, end: 1 }))
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        fc.constantFrom('MONTH', 'QUARTER', 'YEAR'),
        randomView,
        (ledger, ids, where, range, bucket, view) => {
          const store = storeOf(ledger)
          const asked = { scope: accountsOf(store, ids), now: NOW, where, range, bucket, view } as const
          for (const series of evaluate(store, { ...asked, keys: keys as (keyof ReturnType<typeof naiveTerms>)[] })) {
            for (const value of [...series.values, ...(series.total ? [series.total] : [])]) {
              const naive = naiveTerms(ledger, ids, where, view, value.period)
              const expected = naive[series.definition.key as keyof typeof naive]
              expect(zeros(terms(value)), `${series.definition.key} ${viewOf(view).name}`).toEqual(zeros(expected))
              expect(value.definition.view).toBe(viewOf(view).name)
            }
          }
        },
      ),
      runs,
    )
  })

  it('the list of movements is the plain one; parts of each sum to it', () => {
    fc.assert(
      fc.property(randomLedger, randomRange, randomView, (ledger, range, view) => {
        const store = storeOf(ledger)
        const ids = store.accounts.ids.slice()
        const page = movements(store, {
          scope: everyAccount(store),
          now: NOW,
          where: { range },
          view,
          limit: 10_000,
          orderBy: { field: 'MONTH', direction: 'ASC' },
        })
        const plain = viewMovements(ledger, { ids, where: {}, view: viewOf(view), from: range.start, end: range.end })
        const text = (account: string, month: number, day: number, kind: string, change: unknown) =>
          `${account} ${month} ${day} ${kind} ${change}`
        expect(page.items.map((one) => text(one.account.id, one.month, one.day, one.kind, one.change)).sort()).toEqual(
          plain
            .filter(({ kind }) => kind !== 'TRANSFER')
            .map((one) => text(one.account, one.month, one.day, one.kind, one.change))
            .sort(),
        )
        expect(new Set(page.items.map(({ id }) => id)).size).toBe(page.items.length)
        expect(page.accounts).toBe(new Set(page.items.map(({ account }) => account.id)).size)
        for (const { kind, strategyParts, change, opening, closing } of page.items) {
          expect(closing - opening).toBe(change)
          const parts = strategyParts.reduce((sum, part) => sum + part.minor, 0n)
          expect(parts).toBe(kind === 'EXPANSION' || kind === 'CONTRACTION' ? change : 0n)
        }
      }),
      runs,
    )
  })

  it('the waterfall adds up, and strategies of expansion are those of its movements, netted as they are', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        randomView,
        (ledger, ids, where, range, view) => {
          const store = storeOf(ledger)
          const query = { scope: accountsOf(store, ids), now: NOW, where, range, view }
          const all = waterfall(store, { ...query, population: 'ALL' })
          expect(all.difference).toBe(0n)
          expect(all.closing).toBe(BigInt(naiveLevels(ledger, ids, where, range.end - 1).mrr))
          const expansion = all.steps.find((step) => step.key === 'EXPANSION')
          const mix = strategyMix(store, query)
          expect([mix.total, mix.view]).toEqual([expansion?.minor, viewOf(view).name])
          expect(expansion?.strategies.reduce((sum, part) => sum + part.minor, 0n)).toBe(expansion?.minor)
          const plain: Record<string, bigint> = {}
          const asked = { ids, where, view: viewOf(view), from: range.start, end: range.end }
          for (const { kind, rows } of viewMovements(ledger, asked)) {
            if (kind !== 'EXPANSION') continue
            for (const { strategy, amountMinor } of rows) {
              const name = strategy || 'CONTRACT_VALUE'
              plain[name] = (plain[name] ?? 0n) + BigInt(amountMinor)
            }
          }
          for (const { strategy, total } of mix.strategies)
            expect([strategy, total]).toEqual([strategy, plain[strategy] ?? 0n])
        },
      ),
      runs,
    )
  })

  it('every explanation lands on its number', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        fc.integer({ min: 2023 * 12, max: 2024 * 12 + 8 }),
        fc.constantFrom(...metricKeys),
        randomView,
        (ledger, ids, where, at, key, view) => {
          const store = storeOf(ledger)
          const found = explain(store, { scope: accountsOf(store, ids), now: NOW, where, at, key, view, limit: 100 })
          expect(found.difference, `${key} ${viewOf(view).name}`).toBe(0n)
          expect(found.value.definition.view).toBe(viewOf(view).name)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('levels, NRR and GRR of one currency are the same under all of them', () => {
    fc.assert(
      fc.property(randomLedger, randomWhere, randomRange, randomView, (ledger, where, range, view) => {
        const store = storeOf(ledger)
        const query = {
          scope: everyAccount(store),
          now: NOW,
          where,
          range,
          keys: ['mrr', 'arpa', 'nrr', 'grr'],
        } as const
        const values = (asked: ViewAsked) =>
          evaluate(store, { ...query, view: asked }).map((series) => series.values.map(({ value }) => value))
        expect(values(view)).toEqual(values({}))
      }),
      runs,
    )
  })
})

const sum = (values: readonly (bigint | null)[]): bigint | null =>
  values.reduce<bigint | null>((a, b) => (a === null || b === null ? null : a + b), 0n)
const rowsOf = (ledger: Ledger, id: string) => ledger.changes.filter((row) => row.accountId === id)
const EVER = 0xffff

describe('under any view, on random ledgers of several currencies', () => {
  it('movements by day are those of the day, at the rates of the close before its month', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: false }),
        randomRange,
        randomView,
        (ledger, rates, range, asked) => {
          const store = moneyStore(ledger, rates)
          const view = viewOf({ ...asked, netting: 'EVENT' })
          const query = { scope: everyAccount(store), now: NOW, range, view }
          if (waterfall(store, { ...query, population: 'ALL' }).reason) return
          const page = movements(store, { ...query, where: { range }, limit: 10_000 })
          const found = page.items.flatMap(({ kind, account, month, day, opening, closing }) =>
            kind === 'FX' ? [] : `${account.id} ${month} ${day} ${kind} ${opening} ${closing}`,
          )
          const plain = ledger.accounts.flatMap(({ id }) => {
            const rows = rowsOf(ledger, id)
            const closes = closesOf(rows, 'EVENT')
            return closes.flatMap((close, index) => {
              const date = new Date(close)
              const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
              const at = (end: number) => worth(upTo(rows, end), EVER, month - 1, ratesOf(rates))
              const [before, after] = [at(closes[index - 1] ?? 0), at(close)]
              if (month < range.start || month >= range.end || before === after) return []
              const levels = closes
                .slice(0, index + 1)
                .map((end) => ({ close: end, level: pays(upTo(rows, end), EVER) ? 2 : 0 }))
              const last = levels[index]!
              if (last.level > 0 && (levels[index - 1]?.level ?? 0) > 0)
                last.level = (after ?? 0n) > (before ?? 0n) ? 3 : 1
              return `${id} ${month} ${date.getUTCDate()} ${nameOf(levels, view)} ${before} ${after}`
            })
          })
          expect(found.sort()).toEqual(plain.sort())
        },
      ),
      runs,
    )
  })

  it('the waterfall adds up in every slice, FX of whole accounts is that of months, strategies add to expansion', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: true }),
        randomRange,
        randomWhere,
        randomView,
        (ledger, rates, range, where, view) => {
          const store = moneyStore(ledger, rates)
          const query = { scope: everyAccount(store), now: NOW, range, view }
          for (const narrowed of [{}, where, { currency: ['USD', 'KWD'] }]) {
            const all = waterfall(store, { ...query, where: narrowed, population: 'ALL' })
            expect(all.difference).toBe(0n)
            if (all.reason) continue
            const [mrr] = evaluate(store, { ...query, where: narrowed, keys: ['mrr'] })
            expect(all.closing).toBe(mrr?.total?.minor)
            const expansion = all.steps.find((step) => step.key === 'EXPANSION')?.minor
            expect(strategyMix(store, { ...query, where: narrowed }).total).toBe(expansion)
          }
          const [byView, byMonth] = [view, {}].map(
            (one) => evaluate(store, { ...query, view: one, keys: ['fx'] })[0]?.total,
          )
          if (byView?.minor != null) expect(byView.minor).toBe(byMonth?.minor)
        },
      ),
      runs,
    )
  })

  it('NRR and GRR at spot value both ends at their own rates, and lack one where the plain definition does', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: true }),
        randomRange,
        fc.constantFrom(1, 3, 12),
        (ledger, rows, range, window) => {
          const store = moneyStore(ledger, rows)
          const rates = ratesOf(rows)
          const query = {
            scope: everyAccount(store),
            now: NOW,
            range,
            window,
            view: { retentionCurrency: 'SPOT' } as const,
          }
          for (const series of evaluate(store, { ...query, keys: ['nrr', 'grr'] })) {
            for (const value of series.values) {
              const at = value.period.start
              const cohort = ledger.accounts.map(({ id }) => rowsOf(ledger, id)).filter((one) => pays(one, at - window))
              const before = cohort.map((one) => worth(one, at - window, at - window, rates))
              const after = cohort.map((one) => worth(one, at, at, rates))
              const kept = after.map((one, index) => {
                const base = before[index] ?? null
                if (one === null || base === null) return null
                return BigInt(Math.min(Number(one), Number(base)))
              })
              const expected = [sum(series.definition.key === 'nrr' ? after : kept), sum(before)]
              expect(value.reason === 'NO_RATE').toBe(expected.includes(null))
              if (!expected.includes(null)) expect([value.numerator?.minor, value.denominator?.minor]).toEqual(expected)
            }
          }
        },
      ),
      runs,
    )
  })

  it('the cohort bridge divides to NRR and GRR, GRR is at most both, and every explanation lands on its number', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: true }),
        randomWhere,
        fc.integer({ min: 2023 * 12, max: 2024 * 12 + 8 }),
        fc.constantFrom(...metricKeys),
        randomView,
        (ledger, rates, where, at, key, view) => {
          const store = moneyStore(ledger, rates)
          const query = { scope: everyAccount(store), now: NOW, where, view }
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
      { numRuns: 400 },
    )
  })
})
