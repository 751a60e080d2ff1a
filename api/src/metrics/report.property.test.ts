import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { firstDayOf } from '../facts/month.ts'
import { accountsOf } from '../facts/scope.ts'
import { NOW } from '../facts/testing/a-store.ts'
import { randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { evaluate } from './evaluate.ts'
import { report } from './report.ts'
import { storeOf } from './testing/plain.ts'
import { dimensionOf, kinds, randomSets, whereOf } from './testing/random-dimensions.ts'

vi.setConfig({ testTimeout: 60_000 })

const MEASURES = [
  { key: 'mrr' },
  { key: 'nrr', window: 3 },
  { key: 'nrr' },
  { key: 'arpa' },
  { key: 'quickRatio' },
] as const

describe('a report on random ledgers, scopes, filters and dimensions', () => {
  it('has in every cell what the question answers with a filter that says the same, and the whole as its totals', () => {
    const bucket = fc.constantFrom('MONTH' as const, 'QUARTER' as const, undefined)
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        fc.tuple(fc.subarray([...kinds], { maxLength: 2 }), bucket),
        randomSets,
        (ledger, ids, where, range, [wanted, step], sets) => {
          const store = storeOf(ledger)
          const by = wanted.map((kind) => dimensionOf(kind, store, sets))
          const query = { scope: accountsOf(store, ids), now: NOW, range }
          const found = report(store, { ...query, where, measures: MEASURES, by, bucket: step, first: 500 })
          expect(found.rows.length).toBe(found.rowCount)
          const alone = (narrower: typeof where) =>
            MEASURES.map(
              ({ key, ...window }) =>
                evaluate(store, { ...query, ...window, keys: [key], where: narrower, bucket: step })[0]!,
            )
          expect(found.totals.slice(-MEASURES.length)).toEqual(alone(where).map(({ total }) => total))
          for (const row of found.rows) {
            const keys = row.flatMap((cell) => ('key' in cell ? cell.key : []))
            const series = alone(whereOf(where, store, by, keys))
            const day = step === undefined ? null : row[keys.length]!.value
            const expected = series.map(({ values, total }) =>
              day === null ? total : values.find(({ period }) => firstDayOf(period.start) === day),
            )
            expect(row.slice(-MEASURES.length).map((cell) => ('measured' in cell ? cell.measured : null))).toEqual(
              expected,
            )
          }
          const sizes = found.rows.map((row) => Number(row.at(-MEASURES.length)?.value ?? Number.NEGATIVE_INFINITY))
          expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
        },
      ),
      { numRuns: 150 },
    )
  })
})
