import { type Axis, type Book, classify } from './book.ts'
import type { Calendar } from './calendar.ts'
import { type FactView, kindOfReturn } from './fact-view.ts'
import { kindCode } from './kind.ts'
import { holdsAny, type Slice } from './slice.ts'
import type { BookReader } from './walk.ts'

/**
 * The reader where all amounts are in one currency. Kinds are decided on everything that the account holds. Questions of whole tenants spend
 * most of their time here: one loop over the rows of an account, without a call in it but for a return.
 */
export function plainReader(slice: Slice, { first, length }: Axis): BookReader {
  const { start, month, plan, region, currency, amount, seats } = slice.store.changes
  const { regions, plans, products, currencies, view } = slice
  const { calendar } = slice.store
  const isWhole = regions === null && plans === null && currencies === null
  const levels = new Float64Array(length + AHEAD)
  const productLevels = plans === null ? levels : new Float64Array(length + AHEAD)
  const book = bookOver(length, levels, productLevels)
  const { changed, kind, seats: seatsAt } = book

  return (account) => {
    const [begin, end] = [start[account]!, start[account + 1]!]
    if (begin === end || month[begin]! - first >= length) return null
    if (!isWhole && !holdsAny(slice, begin, end)) return null
    let place = month[begin]! - first
    book.account = account
    book.from = place
    let [changes, all, inSlice, inProduct, seatCount, before, leftAt, paidBefore] = [0, 0, 0, 0, 0, 0, -1, false]
    for (let row = begin; row < end && place < length; row += 1) {
      all += amount[row]!
      if (isWhole) seatCount += seats[row]!
      else if (
        (regions === null || regions[region[row]!] === 1) &&
        (currencies === null || currencies[currency[row]!] === 1)
      ) {
        if (plans === null || plans[plan[row]!] === 1) {
          inSlice += amount[row]!
          seatCount += seats[row]!
        }
        if (products !== null && products[plan[row]!] === 1) inProduct += amount[row]!
      }
      const next = row + 1 < end ? month[row + 1]! - first : length
      if (next === place) continue
      const current = Math.max(all, 0)
      let code = classify(before, current, paidBefore)
      if (code === kindCode.CHURN) leftAt = place
      else if (code === kindCode.REACTIVATION) code = kindOfReturnAt(view, calendar, first + leftAt, first + place)
      if (current > 0) paidBefore = true
      before = current
      kind[place] = code
      seatsAt[place] = seatCount
      changed[changes] = place
      changes += 1
      const until = Math.min(next, length)
      stand(levels, isWhole ? current : Math.max(inSlice, 0), place, until)
      if (plans !== null) stand(productLevels, Math.max(inProduct, 0), place, until)
      place = next
    }
    book.changes = changes
    return book
  }
}

const kindOfReturnAt = (view: FactView, { closeOf }: Calendar, left: number, back: number): number =>
  kindOfReturn(view, closeOf(back) - closeOf(left))

/** Places that are written ahead. */
export const AHEAD = 6

/**
 * Nothing changes until the next row, so the level stands. Rows are mostly a few months apart and nobody can guess how many: writing
 * some places ahead, which the next row writes again, costs a third of a loop that ends at each.
 */
export function stand(levels: Float64Array, level: number, from: number, to: number): void {
  levels[from] = level
  levels[from + 1] = level
  levels[from + 2] = level
  levels[from + 3] = level
  levels[from + 4] = level
  levels[from + 5] = level
  for (let place = from + AHEAD; place < to; place += 1) levels[place] = level
}

/** A book that shows the first places of its levels. */
export function bookOver(length: number, levels: Float64Array, productLevels = levels): Book {
  const closing = levels.subarray(0, length)
  const product = productLevels === levels ? closing : productLevels.subarray(0, length)
  return {
    account: 0,
    from: 0,
    changed: new Int32Array(length),
    changes: 0,
    closing,
    product,
    held: closing,
    productHeld: product,
    everHeld: closing,
    seats: new Float64Array(length),
    kind: new Uint8Array(length),
    days: null,
    exchange: null,
  }
}
