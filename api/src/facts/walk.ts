import { movementKinds } from './kind.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'

/** Kind codes of `Book.kind`: 0 is "no movement", the others are places in `movementKinds` plus one. */
export const kindCode = { NONE: 0, NEW: 1, EXPANSION: 2, CONTRACTION: 3, CHURN: 4, REACTIVATION: 5 } as const
export const kindOfCode = (code: number) => movementKinds[code - 1]

/** Months `first … first + length - 1`; place 0 has nothing before it. */
export type Axis = { first: Month; length: number }

/** One account's closings, place by place. The arrays are reused: read them during the visit, from `from` on. */
export type Book = {
  account: number
  /** Place of the account's first change; everything before it is zero. */
  from: number
  /** Places at which anything changed, ascending: the first `changes` of them. Movements can only be there. */
  changed: Int32Array
  changes: number
  /** Closing of the slice's items, floored at zero. */
  closing: Float64Array
  /** Closing of all items of the products that the slice's plans belong to; `closing` itself without a plan filter. */
  product: Float64Array
  /** Purchased seats of the slice's items at the close. */
  seats: Float64Array
  /** What the account's month is called, decided on everything it holds. */
  kind: Uint8Array
}

/** An axis that covers all changes and the months `from … to`. */
export function axisOf(slice: Slice, from: Month, to: Month): Axis {
  const first = Math.min(slice.store.firstChange ?? from, from)
  return { first, length: Math.max(to - first + 1, 0) }
}

/** Visits every account of the slice that has changes on the axis: one pass over the columns, no garbage. */
export function walk(slice: Slice, axis: Axis, visit: (book: Book) => void): void {
  const { start, month, plan, region, amount, seats } = slice.store.changes
  const { accounts, regions, plans, products } = slice
  const { first, length } = axis
  const sliced = regions !== null || plans !== null
  const book = emptyBook(slice, length)
  const { changed, closing, product, kind, seats: seatsAt } = book

  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    const end = start[account + 1]!
    let row = start[account]!
    if (row === end || month[row]! - first >= length) continue
    let all = 0
    let inSlice = 0
    let inProduct = 0
    let seatCount = 0
    let previous = 0
    let paidBefore = false
    let place = month[row]! - first
    book.account = account
    book.from = place
    let changes = 0
    kind.fill(kindCode.NONE, place)
    while (place < length) {
      while (row < end && month[row]! - first === place) {
        all += amount[row]!
        if (!sliced) seatCount += seats[row]!
        else if (regions === null || regions[region[row]!] === 1) {
          const isInPlan = plans === null || plans[plan[row]!] === 1
          if (isInPlan) inSlice += amount[row]!
          if (isInPlan) seatCount += seats[row]!
          if (products !== null && products[plan[row]!] === 1) inProduct += amount[row]!
        }
        row += 1
      }
      const current = Math.max(all, 0)
      kind[place] = classify(previous, current, paidBefore)
      changed[changes] = place
      changes += 1
      if (current > 0) paidBefore = true
      previous = current
      // Nothing changes until the next row, so the levels stand.
      const next = row < end ? Math.min(month[row]! - first, length) : length
      const level = sliced ? Math.max(inSlice, 0) : current
      for (let until = place; until < next; until += 1) {
        closing[until] = level
        seatsAt[until] = seatCount
      }
      if (plans !== null) product.fill(Math.max(inProduct, 0), place, next)
      place = next
    }
    book.changes = changes
    visit(book)
  }
}

function emptyBook({ plans }: Slice, length: number): Book {
  const closing = new Float64Array(length)
  return {
    account: 0,
    from: 0,
    changed: new Int32Array(length),
    changes: 0,
    closing,
    product: plans ? new Float64Array(length) : closing,
    seats: new Float64Array(length),
    kind: new Uint8Array(length),
  }
}

/** Zero cases first: otherwise a reactivation is counted as expansion. */
function classify(previous: number, current: number, paidBefore: boolean): number {
  if (previous === 0) {
    if (current === 0) return kindCode.NONE
    return paidBefore ? kindCode.REACTIVATION : kindCode.NEW
  }
  if (current === 0) return kindCode.CHURN
  if (current > previous) return kindCode.EXPANSION
  return current < previous ? kindCode.CONTRACTION : kindCode.NONE
}

/** Value at a place, zero before the account's first change (the reused arrays still hold another account's there). */
export function at(book: Book, column: Float64Array, place: number): number {
  return place < book.from ? 0 : column[place]!
}
