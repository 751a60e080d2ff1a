import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at } from './book.ts'
import { buildStore } from './build-store.ts'
import { hierarchyOf, type ParentSaid } from './hierarchy.ts'
import { rollUp } from './roll-up.ts'
import { everyAccount } from './scope.ts'
import { sliceOf } from './slice.ts'
import { axisOf, walk } from './walk.ts'

const JANUARY = 2024 * 12
const IDS = ['a', 'b', 'c', 'd']
const said = (account: string, from: string, parent: string | null): ParentSaid => ({ account, from, parent })

const change = (accountId: string, month: number, amountMinor: number) => ({
  accountId,
  month: JANUARY + month,
  day: 1,
  planId: 'p',
  region: '',
  currency: 'USD',
  strategy: 'SEAT',
  amountMinor,
  seats: amountMinor / 10,
})

const storeOf = (changes: ReturnType<typeof change>[]) =>
  buildStore({
    tenantId: 'acme',
    currency: 'USD',
    timeZone: 'UTC',
    fiscalYearStart: 1,
    erasures: 0,
    version: 1n,
    asOf: new Date('2024-12-01T00:00:00Z'),
    dataThrough: null,
    accounts: IDS.map((id) => ({ id, name: id, attributes: { of: id } })),
    plans: [{ id: 'p', productId: 'x', confirmed: true }],
    changes,
    usage: [
      { accountId: 'a', month: JANUARY, metric: 'active_seats', quantity: 3 },
      { accountId: 'b', month: JANUARY, metric: 'active_seats', quantity: 4 },
      { accountId: 'b', month: JANUARY, metric: 'assigned_seats', quantity: 9 },
    ],
  })

/** Closings of six months by account. */
function closings(store: ReturnType<typeof storeOf>): Record<string, number[]> {
  const slice = sliceOf(store, everyAccount(store))
  const axis = axisOf(slice, JANUARY, JANUARY + 5)
  const found: Record<string, number[]> = {}
  walk(slice, axis, (book) => {
    found[store.accounts.ids[book.account] ?? ''] = [0, 1, 2, 3, 4, 5].map((month) =>
      at(book, book.closing, JANUARY + month - axis.first),
    )
  })
  return found
}

describe('who belongs to whom', () => {
  const moving = hierarchyOf([said('b', '2024-01-05', 'a'), said('b', '2024-03-10', 'c'), said('c', '2024-04-01', 'd')])

  it.each([
    ['what is said first holds from the beginning', 'b', '2020-01-01', 'a'],
    ['a move counts from its day', 'b', '2024-03-10', 'd'],
    ['not from the day before', 'b', '2024-03-09', 'a'],
    ['an account without a parent is its own', 'a', '2024-05-01', 'a'],
  ])('%s', (_title, account, day, top) => {
    expect(moving.ultimateParentOn(account, day)).toBe(top)
  })

  it('those in a circle stand for themselves, and whoever is below for the one it reaches', () => {
    const circle = hierarchyOf([
      said('a', '2024-01-01', 'b'),
      said('b', '2024-01-01', 'a'),
      said('c', '2024-01-01', 'b'),
    ])
    expect(['a', 'b', 'c'].map((id) => circle.ultimateParentOn(id, '2024-05-01'))).toEqual(['a', 'b', 'b'])
  })
})

describe('facts by ultimate parent', () => {
  const store = storeOf([change('a', 0, 100), change('b', 1, 50), change('b', 3, 30), change('c', 2, 70)])
  const moving = hierarchyOf([said('b', '2024-01-01', 'a'), said('b', '2024-04-01', 'c')])

  it('children add to the parent of the day, with their seats in use', () => {
    const early = rollUp(store, moving, '2024-03-31')
    expect(closings(early)).toEqual({ a: [100, 150, 150, 180, 180, 180], c: [0, 0, 70, 70, 70, 70] })
    expect([...early.usage.active.subarray(0, early.usage.start[1])]).toEqual([7])
    expect([...early.usage.assigned.subarray(0, early.usage.start[1])]).toEqual([9])
    expect(early.accounts.ids).toEqual(['a', 'c', 'd'])
    expect([...(early.accounts.attributes.get('of')?.codes ?? [])]).toEqual([1, 3, 4])
  })

  it('after a move they add to the other one at both ends: nobody lost or won them', () => {
    const late = closings(rollUp(store, moving, '2024-04-01'))
    expect(late).toEqual({ a: [100, 100, 100, 100, 100, 100], c: [0, 50, 120, 150, 150, 150] })
  })

  it('rows of children stand by day among those of their parent', () => {
    const days = [
      { ...change('a', 0, 100), day: 20 },
      { ...change('b', 0, 50), day: 7 },
      { ...change('a', 0, 10), day: 3 },
    ]
    const { changes } = rollUp(storeOf(days), moving, '2024-01-31')
    expect([[...changes.day], [...changes.amount]]).toEqual([
      [3, 7, 20],
      [10, 50, 100],
    ])
  })

  it('a tenant without children keeps its store, and a parent that nobody introduced takes nothing', () => {
    expect(rollUp(store, hierarchyOf([]), '2024-04-01')).toBe(store)
    expect(rollUp(store, hierarchyOf([said('b', '2024-01-01', 'nobody')]), '2024-04-01')).toBe(store)
  })

  it('no roll-up changes a total of any month', () => {
    const id = fc.constantFrom(...IDS)
    const day = fc.constantFrom('2024-01-01', '2024-02-15', '2024-04-01')
    const words = fc.array(fc.tuple(id, day, fc.option(id)).map(([child, from, parent]) => said(child, from, parent)))
    const changes = fc.array(
      fc.tuple(id, fc.nat(5), fc.nat(9)).map(([account, month, amount]) => change(account, month, amount * 10)),
    )
    const total = (found: Record<string, number[]>) =>
      [0, 1, 2, 3, 4, 5].map((month) => Object.values(found).reduce((sum, list) => sum + (list[month] ?? 0), 0))
    fc.assert(
      fc.property(words, changes, day, (list, rows, on) => {
        const plain = storeOf(rows)
        expect(total(closings(rollUp(plain, hierarchyOf(list), on)))).toEqual(total(closings(plain)))
      }),
    )
  })
})
