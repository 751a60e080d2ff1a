import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { expansionStrategies } from '../facts/kind.ts'
import { accountsOf } from '../facts/scope.ts'
import type { FactWhere } from '../facts/slice.ts'
import { NOW } from '../facts/testing/a-store.ts'
import { type Ledger, naiveLevels, naiveMovements, naiveStrategies } from '../facts/testing/naive.ts'
import { randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { metricKeys } from './registry.ts'
import { strategyMix } from './strategy-mix.ts'
import { equalsPlain, keysOf, storeOf } from './testing/plain.ts'
import { naiveTerms } from './testing/plain-terms.ts'
import { waterfall } from './waterfall.ts'

const runs = { numRuns: 200 }

vi.setConfig({ testTimeout: 60_000 })

it.each(metricKeys.filter((key) => !keysOf(naiveTerms).includes(key)))(
  '%s is compared with a plain definition in its own test',
  (key) => {
    const folder = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const own = readFileSync(join(import.meta.dirname, folder, `${folder}.test.ts`), 'utf8')
    expect(own).toMatch(/equalsPlain\(/)
    expect(own).toContain(`${key}: [`)
  },
)

describe('on random ledgers, scopes and filters', () => {
  it('every metric equals the plain definition, in every bucket and in total', () => {
    equalsPlain(naiveTerms, runs.numRuns)
  })

  it('GRR is at most 1 and at most NRR', () => {
    fc.assert(
      fc.property(randomLedger, randomScope, randomWhere, randomRange, (ledger, ids, where, range) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, ids), now: NOW, where, range, window: 3 }
        const [nrr, grr] = evaluate(store, { ...query, keys: ['nrr', 'grr'] })
        grr?.values.forEach((value, index) => {
          if (value.value === null) return
          expect(Number(value.value)).toBeLessThanOrEqual(1)
          expect(Number(value.value)).toBeLessThanOrEqual(Number(nrr?.values[index]?.value))
        })
      }),
      runs,
    )
  })

  it('the waterfall of everyone adds up, and its expansion is the sum of its strategies and of the strategy mix', () => {
    fc.assert(
      fc.property(randomLedger, randomScope, randomWhere, randomRange, (ledger, ids, where, range) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, ids), now: NOW, where, range }
        const all = waterfall(store, { ...query, population: 'ALL' })
        expect(all.difference).toBe(0n)
        expect(all.closing).toBe(BigInt(naiveLevels(ledger, ids, where, range.end - 1).mrr))
        const expansion = all.steps.find((step) => step.key === 'EXPANSION')
        const parts = expansion?.strategies.reduce((sum, part) => sum + part.minor, 0n)
        expect(parts).toBe(expansion?.minor)
        const mix = strategyMix(store, query)
        expect(mix.total).toBe(expansion?.minor)
        const naive = naiveStrategies(ledger, ids, where, range.start, range.end)
        for (const { strategy, total, minor } of mix.strategies) {
          expect([strategy, total]).toEqual([strategy, BigInt(naive[strategy] ?? 0)])
          expect(minor.reduce((sum, part) => sum + part, 0n)).toBe(total)
        }
        const isOfItems = where.region ?? where.planId ?? where.productId
        expect(all.steps.some((step) => step.key === 'TRANSFER') && !isOfItems).toBe(false)
      }),
      runs,
    )
  })

  it('the cohort bridge adds up and divides to NRR and GRR, to the same digits', () => {
    fc.assert(
      fc.property(randomLedger, randomScope, randomWhere, randomRange, (ledger, ids, where, range) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, ids), now: NOW, where, range, window: 12 }
        const bridge = waterfall(store, { ...query, population: 'COHORT' })
        const [nrr, grr] = evaluate(store, { ...query, keys: ['nrr', 'grr'] })
        expect(bridge.difference).toBe(0n)
        expect([bridge.nrr, bridge.reason]).toEqual([nrr?.total?.value, nrr?.total?.reason])
        expect(bridge.grr).toBe(grr?.total?.value)
      }),
      runs,
    )
  })

  it('parts of a partition of the accounts, of the regions and of the plans sum to the whole', () => {
    const flows = ['mrr', 'seats', 'new', 'expansion', 'contraction', 'churn', 'reactivation'] as const
    fc.assert(
      fc.property(randomLedger, randomScope, randomRange, (ledger, ids, range) => {
        const store = storeOf(ledger)
        const total = (where: FactWhere) =>
          evaluate(store, { scope: accountsOf(store, ids), now: NOW, where, range, keys: flows }).map((series) =>
            Number(series.total?.numerator?.minor ?? series.total?.value),
          )
        const add = (parts: number[][]) =>
          flows.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? 0), 0))
        const accounts = ledger.accounts.map(({ id }) => total({ accountIds: [id] }))
        expect(add(accounts)).toEqual(total({}))
        expect(add(['', 'EU', 'US', 'JP'].map((region) => total({ region: [region] })))).toEqual(total({}))
        expect(add(ledger.plans.map(({ id }) => total({ planId: [id] })))).toEqual(total({}))
      }),
      runs,
    )
  })

  it('what some strategies made of expansion and contraction equals the plain definition, adds up to the whole, and is explained', () => {
    const keys = ['expansion', 'contraction', 'expansionRate', 'contractionRate'] as const
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        fc.subarray([...expansionStrategies]),
        (ledger, ids, where, range, strategy) => {
          const store = storeOf(ledger)
          const query = { scope: accountsOf(store, ids), now: NOW, range, keys }
          const total = (strategies?: FactWhere['strategy']) =>
            evaluate(store, { ...query, where: { ...where, strategy: strategies } }).map(({ total }) =>
              Number(total?.numerator?.minor),
            )
          const changes = naiveMovements(ledger, ids, { ...where, strategy }, range.start, range.end)
          const sum = (kind: string) => changes.reduce((all, one) => all + (one.kind === kind ? one.change : 0), 0)
          const [grown, shrunk] = [sum('EXPANSION'), 0 - sum('CONTRACTION')]
          expect(total(strategy)).toEqual([grown, shrunk, grown, shrunk])
          const parts = expansionStrategies.map((one) => total([one]))
          expect(keys.map((_, key) => parts.reduce((all, part) => all + part[key]!, 0))).toEqual(total())
          for (const key of keys) {
            const at = range.end - 1
            const found = explain(store, { ...query, key, at, where: { ...where, strategy } })
            expect([found.difference, found.value.denominator]).toEqual([
              0n,
              explain(store, { ...query, key, at, where }).value.denominator,
            ])
          }
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
        (ledger, ids, where, at, key) => {
          const store = storeOf(ledger)
          const found = explain(store, { scope: accountsOf(store, ids), now: NOW, where, at, key, limit: 100 })
          expect(found.difference).toBe(0n)
          const { numerator, denominator } = found.value
          const last = found.spans.items.at(-1)?.runningTotal
          if (last === undefined) return
          const above = numerator?.minor ?? BigInt(numerator?.value ?? 0)
          expect(last).toBe(found.landsOn === 'DIFFERENCE' ? above - (denominator?.minor ?? 0n) : above)
        },
      ),
      runs,
    )
  })

  it('says nothing about accounts outside the scope: changing them changes no answer', () => {
    fc.assert(
      fc.property(randomLedger, randomLedger, randomScope, randomRange, (ledger, other, ids, range) => {
        const mixed: Ledger = {
          ...ledger,
          changes: [
            ...ledger.changes.filter((change) => ids.includes(change.accountId)),
            ...other.changes.filter(
              ({ accountId }) => !ids.includes(accountId) && ledger.accounts.some(({ id }) => id === accountId),
            ),
          ],
        }
        const answers = [ledger, mixed].map((one) => {
          const store = storeOf(one)
          const query = { scope: accountsOf(store, ids), now: NOW, range }
          return [
            evaluate(store, { ...query, keys: metricKeys }),
            waterfall(store, { ...query, population: 'ALL' }),
            waterfall(store, { ...query, population: 'COHORT' }),
            strategyMix(store, query),
            metricKeys.map((key) => explain(store, { ...query, key, at: range.end - 1 })),
          ]
        })
        expect(answers[1]).toEqual(answers[0])
      }),
      { numRuns: 40 },
    )
  })
})
