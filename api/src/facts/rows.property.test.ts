import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bridgeCohort, bridgePeriod } from './bridges.ts'
import { PLAIN_VIEW } from './fact-view.ts'
import { addFlows, emptyFlows, sumLevels } from './flows.ts'
import { expansionStrategies } from './kind.ts'
import { visitLanded } from './landings.ts'
import { monthOf } from './month.ts'
import { addRows, isOfRows, parted } from './rows.ts'
import { everyAccount } from './scope.ts'
import { type Slice, sliceOf } from './slice.ts'
import { sumStrategies } from './sum-strategies.ts'
import { aStore, type Change } from './testing/a-store.ts'
import { axisOf, walk } from './walk.ts'

const FROM = monthOf('2023-01-01')
const PLANS = ['core', 'chat']

const change = fc
  .record({
    account: fc.constantFrom('a', 'b', 'c', 'd'),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.constantFrom('01', '15'),
    amount: fc.integer({ min: -4, max: 6 }),
    seats: fc.integer({ min: -2, max: 3 }),
    plan: fc.constantFrom(...PLANS),
    strategy: fc.constantFrom(...expansionStrategies, ''),
  })
  .map(({ account, month, day, amount, ...more }): Change => {
    const of = `2023-${String(month).padStart(2, '0')}-${day}`
    return [account, of, amount, more]
  })

/** Everything that is read of a slice of rows. */
function readOf(slice: Slice, range: { start: number; end: number }) {
  const axis = axisOf(slice, range.start, range.end - 1)
  const flows = emptyFlows(axis)
  const { even, rest } = isOfRows(slice) ? parted(slice) : { even: null, rest: slice }
  if (even) addRows(flows, even)
  if (rest) walk(rest, axis, (book) => addFlows(flows, book))
  sumLevels(flows)
  const { outlook: _outlook, ...levels } = flows
  const landings: object[] = []
  visitLanded(slice, [range.end - 1, range.start], (landed, close) => landings.push({ ...landed, close }))
  const byAccount = (one: object) => JSON.stringify(one)
  const bridge = bridgePeriod(slice, range)
  const { parts, absolute, confirmed } = bridge.strategies
  const inRange = (column: Float64Array) => [...column.subarray(range.start - bridge.strategies.axis.first)]
  return {
    levels,
    strategies: sumStrategies(slice, axis),
    period: { ...bridge, strategies: [...parts, absolute, confirmed].map(inRange) },
    cohort: bridgeCohort(slice, { opening: range.start, closing: range.end - 1 }),
    landings: landings.map(byAccount).sort(),
  }
}

it.each(['REACTIVATION', 'EXPANSION'] as const)(
  'rows say what books say, also of balances below zero and of returns that are called %s',
  (reactivation) => {
    const ranges = fc.tuple(fc.integer({ min: -1, max: 11 }), fc.integer({ min: 1, max: 6 }))
    let uneven = 0
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), ranges, (changes, [start, months]) => {
        const plans = PLANS.map((id) => ({ id, productId: id, confirmed: id === 'core' }))
        const store = aStore({ changes, plans })
        const slice = sliceOf(store, everyAccount(store), {}, undefined, { ...PLAIN_VIEW, reactivation })
        // A filter that leaves everything: the same slice, which is read by books.
        const booked = { ...slice, regions: new Uint8Array(store.regions.length).fill(1) }
        expect([isOfRows(slice), isOfRows(booked)]).toEqual([true, false])
        if (parted(slice).rest) uneven += 1
        const range = { start: FROM + start, end: FROM + start + months }
        expect(readOf(slice, range)).toEqual(readOf(booked, range))
      }),
      { numRuns: 300 },
    )
    expect(uneven).toBeGreaterThan(30)
  },
)
