import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildStore, type StoreInput } from './build-store.ts'
import { firstOf } from './first-of.ts'
import { kindOfCode } from './kind.ts'
import { everyAccount } from './scope.ts'
import { sliceOf } from './slice.ts'
import { aStore, NOW } from './testing/a-store.ts'
import { axisOf, walk } from './walk.ts'

const input: StoreInput = {
  tenantId: 'acme',
  currency: 'USD',
  timeZone: 'UTC',
  fiscalYearStart: 1,
  erasures: 0,
  version: 1n,
  asOf: NOW,
  dataThrough: null,
  accounts: [
    { id: 'b', name: 'B', region: 'EU', attributes: { tier: 1, vip: true, none: null } },
    { id: 'a', name: 'A' },
  ],
  plans: [{ id: 'p', productId: 'x', confirmed: true }],
  changes: [],
}
const change = {
  accountId: 'a',
  month: 24288,
  day: 1,
  planId: 'p',
  region: '',
  currency: 'USD',
  strategy: 'SEAT',
  amountMinor: 1,
  seats: 0,
}

describe('building a store', () => {
  it('puts the rows of each account together, by month and day, whatever the order they come in', () => {
    const rows = [
      ['b', 24290, 1, 5],
      ['a', 24289, 9, 7],
      ['b', 24288, 31, 3],
      ['a', 24289, 2, 1],
    ] as const
    const changes = rows.map(([accountId, month, day, amountMinor]) => ({
      ...change,
      accountId,
      month,
      day,
      amountMinor,
    }))
    const store = buildStore({ ...input, changes })
    expect(store.accounts.ids).toEqual(['a', 'b'])
    expect([...store.changes.start]).toEqual([0, 2, 4])
    expect([...store.changes.month]).toEqual([24289, 24289, 24288, 24290])
    expect([...store.changes.day]).toEqual([2, 9, 31, 1])
    expect([...store.changes.amount]).toEqual([1, 7, 3, 5])
    expect(store.firstChange).toBe(24288)
  })

  it('keeps attributes as text, and a region of the item before that of the account', () => {
    const changes = [{ ...change, accountId: 'b' }, { ...change, accountId: 'b', region: 'US' }, change]
    const store = buildStore({ ...input, changes })
    expect([...store.changes.region].map((code) => store.regions[code])).toEqual(['', 'EU', 'US'])
    expect(store.accounts.attributes.get('tier')?.values).toEqual(['', '1'])
    expect(store.accounts.attributes.get('vip')?.values).toEqual(['', 'true'])
    expect(store.accounts.attributes.has('none')).toBe(false)
  })

  it('refuses amounts that could not be added exactly, one or together', () => {
    const huge = { ...change, amountMinor: 2n ** 53n }
    expect(() => buildStore({ ...input, changes: [huge] })).toThrow('exceed 2^53 minor units')
    const half = { ...change, amountMinor: 2n ** 52n }
    expect(() => buildStore({ ...input, changes: [half, { ...half, amountMinor: -(2n ** 52n) }] })).toThrow(
      'exceed 2^53',
    )
  })

  it('refuses rows of unknown accounts and plans', () => {
    expect(() => buildStore({ ...input, changes: [{ ...change, accountId: 'x' }] })).toThrow('unknown account: x')
    expect(() => buildStore({ ...input, changes: [{ ...change, planId: 'x' }] })).toThrow('unknown plan: x')
  })

  it('stays within 24 bytes a change point', () => {
    const changes = Array.from({ length: 5000 }, (_, row) => ({ ...change, month: 24288 + (row % 30) }))
    const { bytes } = buildStore({ ...input, changes })
    expect((bytes - 2 * 212) / changes.length).toBeLessThanOrEqual(24)
  })
})

it('a month is called by what the whole account does, zero cases first', () => {
  const store = aStore({
    changes: [
      ['a', '2024-01-05', 100],
      ['a', '2024-02-05', 50],
      ['a', '2024-03-05', -20],
      ['a', '2024-04-05', -130],
      ['a', '2024-06-05', 500],
      ['a', '2024-07-05', -900],
      ['a', '2024-08-05', 450],
    ],
  })
  const slice = sliceOf(store, everyAccount(store))
  const axis = axisOf(slice, 24288, 24296)
  const seen: unknown[] = []
  walk(slice, axis, (book) => {
    for (let place = 0; place < axis.length; place += 1) seen.push([book.closing[place], kindOfCode(book.kind[place]!)])
  })
  expect(seen).toEqual([
    [100, 'NEW'],
    [150, 'EXPANSION'],
    [130, 'CONTRACTION'],
    [0, 'CHURN'],
    [0, undefined],
    [500, 'REACTIVATION'],
    [0, 'CHURN'],
    [50, 'REACTIVATION'],
    [50, undefined],
  ])
})

it('the first few of many are those that a full sort would give', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.nat({ max: 30 }), (values, count) => {
      const compare = (a: number, b: number) => values[a]! - values[b]! || a - b
      const sorted = values.map((_, index) => index).sort(compare)
      expect(firstOf(values.length, count, compare)).toEqual(sorted.slice(0, count))
    }),
  )
})
