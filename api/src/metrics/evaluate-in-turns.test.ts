import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { accountsOf } from '../facts/scope.ts'
import { NOW } from '../facts/testing/a-store.ts'
import { randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { evaluate, evaluateInTurns } from './evaluate.ts'
import { metricKeys } from './registry.ts'
import { storeOf } from './testing/plain.ts'

vi.setConfig({ testTimeout: 60_000 })

it('a question that is answered in turns, of a few change points each, has the same answer', async () => {
  let turns = 0
  const turn = async () => {
    turns += 1
  }
  await fc.assert(
    fc.asyncProperty(
      randomLedger,
      randomScope,
      randomWhere,
      randomRange,
      fc.integer({ min: 1, max: 9 }),
      async (ledger, ids, { strategy: _, ...where }, range, size) => {
        const store = storeOf(ledger)
        const query = {
          scope: accountsOf(store, ids),
          now: NOW,
          where,
          range,
          keys: metricKeys,
          compare: 'PREVIOUS' as const,
        }
        expect(await evaluateInTurns(store, query, { turn, size })).toEqual(evaluate(store, query))
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
  const query = {
    scope: accountsOf(
      store,
      first!.accounts.map(({ id }) => id),
    ),
    now: NOW,
  }
  const turn = async () => {
    turns += 1
  }
  await evaluateInTurns(store, { ...query, keys: ['mrr', 'expansion'] }, { turn })
  expect(turns).toBe(0)
  await evaluateInTurns(store, { ...query, keys: ['mrr', 'ltv', 'breadth'] }, { turn })
  expect(turns).toBe(2)
})
