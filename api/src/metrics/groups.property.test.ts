import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import type { Store } from '../facts/column-store.ts'
import { accountsOf } from '../facts/scope.ts'
import type { FactWhere } from '../facts/slice.ts'
import { HEADER, NOW } from '../facts/testing/a-store.ts'
import { type Ledger, naiveValues } from '../facts/testing/naive.ts'
import { FIRST, LAST, randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { randomOutlook } from '../facts/testing/random-outlook.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import { evaluate } from './evaluate.ts'
import { evaluateGroups, MOST_GROUPS } from './evaluate-groups.ts'
import { explain } from './explain.ts'
import { type MetricKey, metricKeys } from './registry.ts'
import type { GroupedSeries, MetricGroup, MetricSeries } from './result.ts'
import { keysOf, storeOf, terms } from './testing/plain.ts'
import { naiveTerms } from './testing/plain-terms.ts'
import { dimensionOf, kinds, plainValuesOf, randomSets, type Sets, whereOf } from './testing/random-dimensions.ts'

const ALL = { first: MOST_GROUPS, others: 'TOGETHER' } as const
/** What the parts of a partition add up to. */
const ADDITIVE: readonly MetricKey[] = [
  'mrr',
  'arr',
  'committedMrr',
  'trialMrr',
  'seats',
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'fx',
]
const BY_STRATEGY: readonly MetricKey[] = ['expansion', 'contraction', 'expansionRate', 'contractionRate']

vi.setConfig({ testTimeout: 60_000 })

const measuresOf = (keys: readonly MetricKey[]) => keys.map((key) => ({ key }))
const valuesOf = ({ values, total }: Pick<MetricSeries, 'values' | 'total'>) => ({ values, total })
const amountOf = ({ total }: Pick<MetricSeries, 'total'>) => terms(total!)[0]!
const sum = (groups: readonly MetricGroup[]) => groups.reduce((all, group) => all + amountOf(group), 0)

/** Whose rates are all there, and where some are missing. */
function foreignStore(ledger: Ledger, rates: Parameters<typeof buildStore>[0]['rates']): Store {
  return buildStore({ ...HEADER, currency: REPORTING, dataThrough: null, ...ledger, rates: rates ?? [] })
}

/** Each group, and the question with the filter that says the same, are the same to the last field. */
function expectAsFiltered(
  store: Store,
  query: { ids: string[]; where: FactWhere; range: { start: number; end: number } },
  found: readonly GroupedSeries[],
  by: Parameters<typeof whereOf>[2],
) {
  const keys = found.map(({ definition }) => definition.key as MetricKey)
  for (const [place, group] of (found[0]?.groups ?? []).entries()) {
    const where = whereOf(query.where, store, by, group.keys)
    const alone = evaluate(store, { ...asked(store, query), keys, where, compare: 'PREVIOUS' })
    alone.forEach((series, index) => {
      expect(valuesOf(found[index]!.groups[place]!), JSON.stringify(group.keys)).toEqual(valuesOf(series))
    })
  }
}

const asked = (
  store: Store,
  { ids, where, range }: { ids: string[]; where: FactWhere; range: { start: number; end: number } },
) => ({ scope: accountsOf(store, ids), now: NOW, where, range, bucket: 'QUARTER' }) as const

describe('on random ledgers, scopes, filters and dimensions', () => {
  it('the groups are those of the slice, and every metric of each is the plain definition of its part', () => {
    const one = fc.constantFrom(...kinds)
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        one,
        randomSets,
        (ledger, ids, where, range, kind, sets) => {
          const store = storeOf(ledger)
          const by = [dimensionOf(kind, store, sets)]
          const measures = measuresOf(keysOf(naiveTerms))
          const found = evaluateGroups(store, { ...asked(store, { ids, where, range }), measures, by, limit: ALL })
          const values = found[0]!.groups.map(({ keys }) => keys[0]!.value)
          expect(new Set(values)).toEqual(naiveValues(ledger, ids, where, plainValuesOf(kind, ledger, sets)))
          expect(new Set(values).size).toBe(values.length)
          for (const [place, { keys }] of found[0]!.groups.entries()) {
            const part = whereOf(where, store, by, keys)
            // Sets of accounts are no filter of plain rows: those of the group are its scope.
            const members = ids.filter((id) => part.within?.every((set) => set[Number(id.slice(1))] === 1) ?? true)
            for (const period of [range, ...found[0]!.values.map((value) => value.period)]) {
              const plain: Partial<Record<MetricKey, number[]>> = naiveTerms({
                ledger,
                scope: members,
                where: part,
                ...period,
                window: 12,
              })
              for (const { definition, groups } of found) {
                const group = groups[place]!
                const value = [...group.values, group.total!].find(
                  (value) => value.period.end === period.end && value.period.start === period.start,
                )
                expect(
                  terms(value!).map((term) => (term ?? 0) + 0),
                  definition.key,
                ).toEqual(plain[definition.key as MetricKey]!.map((term) => term + 0))
              }
            }
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('a group of any dimensions is the question with the filter that says the same, whatever stands beside MRR', () => {
    fc.assert(
      fc.property(
        fc.tuple(randomLedger, randomOutlook),
        randomScope,
        randomWhere,
        randomRange,
        fc.subarray([...kinds], { minLength: 1, maxLength: 3 }),
        randomSets,
        ([ledger, outlook], ids, where, range, wanted, sets) => {
          const known = new Set(ledger.accounts.map(({ id }) => id))
          const store = storeOf({
            ...ledger,
            outlook: outlook
              .filter(({ accountId }) => known.has(accountId))
              .map((row) => ({ ...row, currency: 'USD' })),
          })
          const by = wanted.map((kind) => dimensionOf(kind, store, sets))
          const query = { ids, where, range }
          const found = evaluateGroups(store, {
            ...asked(store, query),
            measures: measuresOf(metricKeys),
            by,
            limit: ALL,
            compare: 'PREVIOUS',
          })
          expectAsFiltered(store, query, found, by)
          const whole = evaluate(store, { ...asked(store, query), keys: metricKeys, compare: 'PREVIOUS' })
          expect(found.map(valuesOf)).toEqual(whole.map(valuesOf))
          if (wanted.includes('SEGMENT')) return // segments overlap
          for (const series of found)
            if (ADDITIVE.includes(series.definition.key as MetricKey))
              expect(sum(series.groups), series.definition.key).toBe(amountOf(series))
        },
      ),
      { numRuns: 120 },
    )
  })

  it('the same of several currencies, with rates or without, under any view', () => {
    const views = fc.constantFrom('NOBISHIRO' as const, 'STRIPE_LIKE' as const)
    const cases = fc.tuple(
      currencyLedger,
      fc.boolean().chain((gaps) => randomRates({ gaps })),
      views,
    )
    fc.assert(
      fc.property(
        cases,
        randomScope,
        randomWhere,
        randomRange,
        fc.constantFrom(...kinds),
        randomSets,
        ([ledger, rates, preset], ids, where, range, kind, sets) => {
          const store = foreignStore(ledger, rates)
          const by = [dimensionOf(kind, store, sets)]
          const query = { ids, where, range, view: { preset } }
          const measures = measuresOf(metricKeys)
          const found = evaluateGroups(store, { ...asked(store, query), view: { preset }, measures, by, limit: ALL })
          for (const [place, group] of found[0]!.groups.entries()) {
            const part = whereOf(where, store, by, group.keys)
            const alone = evaluate(store, { ...asked(store, query), view: { preset }, keys: metricKeys, where: part })
            alone.forEach((series, index) => {
              expect(valuesOf(found[index]!.groups[place]!)).toEqual(valuesOf(series))
            })
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('those that are not told apart are together what is left of the whole', () => {
    const one = fc.constantFrom(...kinds)
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        one,
        randomSets,
        (ledger, ids, where, range, kind, sets) => {
          const store = storeOf(ledger)
          const by = [dimensionOf(kind, store, sets)]
          const query = { ...asked(store, { ids, where, range }), measures: measuresOf(metricKeys), by }
          const all = evaluateGroups(store, { ...query, limit: ALL })
          const some = evaluateGroups(store, { ...query, limit: { first: 1, others: 'TOGETHER' } })
          const found = all[0]!.groups.length
          expect(some[0]!.groups.map(({ isRest }) => isRest)).toEqual([false, true].slice(0, Math.min(found, 2)))
          expect(some[0]!.rest).toBe(Math.max(found - 1, 0))
          some.forEach(({ groups, definition, ...series }, index) => {
            expect(groups.slice(0, 1)).toEqual(all[index]!.groups.slice(0, 1))
            if (kind !== 'SEGMENT' && ADDITIVE.includes(definition.key as MetricKey))
              expect(sum(groups)).toBe(amountOf(series))
          })
          const texts = all[0]!.groups.slice(1).map(({ keys }) => keys[0]!.value ?? '')
          const others = kind === 'PLAN' ? { planId: texts } : kind === 'REGION' ? { region: texts } : null
          if (others === null || found < 2) return
          const alone = evaluate(store, {
            ...asked(store, { ids, where: { ...where, ...others }, range }),
            keys: metricKeys,
          })
          expect(some.map(({ groups }) => valuesOf(groups[1]!))).toEqual(alone.map(valuesOf))
        },
      ),
      { numRuns: 120 },
    )
  })

  it('strategies part expansion and contraction, alone and within other groups', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        fc.option(fc.constantFrom(...kinds)),
        randomSets,
        (ledger, ids, where, range, kind, sets) => {
          const store = storeOf(ledger)
          const by = [...(kind === null ? [] : [kind]), 'STRATEGY' as const].map((one) => dimensionOf(one, store, sets))
          const query = { ids, where, range }
          const measures = measuresOf(BY_STRATEGY)
          const found = evaluateGroups(store, { ...asked(store, query), measures, by, limit: ALL, compare: 'PREVIOUS' })
          expectAsFiltered(store, query, found, by)
          if (kind === 'SEGMENT') return
          for (const series of found.slice(0, 2)) expect(sum(series.groups)).toBe(amountOf(series))
          const cut = evaluateGroups(store, {
            ...asked(store, query),
            measures,
            by,
            limit: { first: 1, others: 'TOGETHER' },
          })
          for (const series of cut.slice(0, 2)) expect(sum(series.groups)).toBe(amountOf(series))
        },
      ),
      { numRuns: 100 },
    )
  })

  it("a group's value is explained by the question with its filter, which adds up", () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        fc.integer({ min: FIRST, max: LAST }),
        fc.constantFrom(...kinds),
        randomSets,
        fc.constantFrom(...metricKeys),
        (ledger, ids, where, at, kind, sets, key) => {
          const store = storeOf(ledger)
          const by = [dimensionOf(kind, store, sets)]
          const range = { start: at, end: at + 1 }
          const [found] = evaluateGroups(store, {
            ...asked(store, { ids, where, range }),
            measures: [{ key }],
            by,
            limit: ALL,
          })
          for (const group of found!.groups) {
            const { bucket: _quarters, ...question } = asked(store, { ids, where, range })
            const explained = explain(store, {
              ...question,
              where: whereOf(where, store, by, group.keys),
              key,
              at,
            })
            expect([explained.difference, explained.value]).toEqual([0n, group.total])
          }
        },
      ),
      { numRuns: 120 },
    )
  })

  it('shows no group, label or amount of an account outside the scope', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomRange,
        fc.constantFrom(...kinds),
        randomSets,
        (ledger, ids, range, kind, sets) => {
          const inside = ledger.accounts.filter(({ id }) => ids.includes(id))
          const answer = (accounts: Ledger['accounts']) => {
            const changes = ledger.changes.filter(({ accountId }) => accounts.some(({ id }) => id === accountId))
            const store = storeOf({ ...ledger, accounts, changes })
            // Tops and segments are those of the ids, wherever they stand.
            const own: Sets = {
              tops: accounts.map(() => 0),
              segments: sets.segments.map((members) => accounts.map(({ id }) => members[Number(id.slice(1))] ?? false)),
            }
            const by = [dimensionOf(kind, store, own)]
            const found = evaluateGroups(store, {
              ...asked(store, { ids, where: {}, range }),
              measures: measuresOf(metricKeys),
              by,
              limit: ALL,
            })
            return found.map(({ groups }) => (kind === 'PARENT' ? groups.map(valuesOf) : groups))
          }
          expect(answer(ledger.accounts)).toEqual(answer(inside))
        },
      ),
      { numRuns: 80 },
    )
  })
})
