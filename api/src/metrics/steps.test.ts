import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { accountsOf } from '../facts/scope.ts'
import { NOW } from '../facts/testing/a-store.ts'
import { randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { evaluate, evaluating } from './evaluate.ts'
import { evaluateGroups, evaluatingGroups, MOST_GROUPS } from './evaluate-groups.ts'
import { metricKeys } from './registry.ts'
import { report, reporting } from './report.ts'
import { inTurns } from './steps.ts'
import { storeOf } from './testing/plain.ts'
import { dimensionOf, kinds, randomSets } from './testing/random-dimensions.ts'

vi.setConfig({ testTimeout: 60_000 })

const MEASURES = [{ key: 'mrr' }, { key: 'nrr' }, { key: 'breadth' }] as const

it('a question that is answered in turns, of a few change points each, has the same answer, also by groups and as a report', async () => {
  let turns = 0
  const turn = async () => {
    turns += 1
  }
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(randomLedger, randomScope, randomWhere, randomSets),
      randomRange,
      fc.constantFrom(...kinds),
      fc.integer({ min: 1, max: 9 }),
      async ([ledger, ids, { strategy: _, ...where }, sets], range, kind, size) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, ids), now: NOW, where, range, compare: 'PREVIOUS' as const }
        const whole = { ...query, keys: metricKeys }
        expect(await inTurns(evaluating(store, whole, size), turn)).toEqual(evaluate(store, whole))
        const by = [dimensionOf(kind, store, sets)]
        const limit = { first: MOST_GROUPS, others: 'TOGETHER' } as const
        const parted = { ...query, measures: MEASURES, by, limit }
        expect(await inTurns(evaluatingGroups(store, parted, size), turn)).toEqual(evaluateGroups(store, parted))
        const { compare: _compare, limit: _limit, ...rows } = parted
        expect(await inTurns(reporting(store, rows, size), turn)).toEqual(report(store, rows))
      },
    ),
    { numRuns: 60 },
  )
  expect(turns).toBeGreaterThan(100)
})

it('others are let in between all passes, and nobody is waited for before the first or after the last', async () => {
  const [first] = fc.sample(randomLedger, { numRuns: 1, seed: 7 })
  const store = storeOf(first!)
  let turns = 0
  const ids = first!.accounts.map(({ id }) => id)
  const query = { scope: accountsOf(store, ids), now: NOW }
  const turn = async () => {
    turns += 1
  }
  await inTurns(evaluating(store, { ...query, keys: ['mrr', 'expansion'] }), turn)
  expect(turns).toBe(0)
  await inTurns(evaluating(store, { ...query, keys: ['mrr', 'ltv', 'breadth'] }), turn)
  expect(turns).toBe(2)
})
