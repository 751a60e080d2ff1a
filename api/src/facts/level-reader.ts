import type { Axis } from './book.ts'
import { AHEAD, bookOver, stand } from './plain-reader.ts'
import { inSlice, type Slice } from './slice.ts'
import type { BookReader } from './walk.ts'

/**
 * Levels alone, where all amounts are in one currency: who compares closes needs neither kinds nor seats, and its books tell no changes. Each
 * row writes the level until the next one, which is of the same month where it comes to nothing: a branch that nobody can guess, saved.
 */
export function levelReader(slice: Slice, { first, length }: Axis): BookReader {
  const { start, month, plan, region, currency, amount } = slice.store.changes
  const { regions, plans, products, currencies } = slice
  const isWhole = regions === null && plans === null && currencies === null
  const levels = new Float64Array(length + AHEAD)
  const productLevels = plans === null ? levels : new Float64Array(length + AHEAD)
  const book = bookOver(length, levels, productLevels)

  function readWhole(begin: number, end: number): void {
    let place = month[begin]! - first
    let all = 0
    for (let row = begin; row < end && place < length; row += 1) {
      all += amount[row]!
      const level = Math.max(all, 0)
      const next = row + 1 < end ? month[row + 1]! - first : length
      levels[place] = level
      levels[place + 1] = level
      levels[place + 2] = level
      levels[place + 3] = level
      for (let later = place + 4; later < next && later < length; later += 1) levels[later] = level
      place = next
    }
  }

  /** False where none of it is of the slice. */
  function readPart(begin: number, end: number): boolean {
    let row = begin
    let place = month[row]! - first
    let [some, ofProducts, found] = [0, 0, false]
    while (row < end && place < length) {
      if (inSlice(slice, region[row]!, plan[row]!, currency[row]!)) {
        some += amount[row]!
        found = true
      }
      if (products !== null && products[plan[row]!] === 1 && isBeside(row)) ofProducts += amount[row]!
      row += 1
      const next = row < end ? month[row]! - first : length
      const until = Math.min(next, length)
      stand(levels, Math.max(some, 0), place, until)
      if (plans !== null) stand(productLevels, Math.max(ofProducts, 0), place, until)
      place = next
    }
    return found
  }

  /** Of the slice but for its plan. */
  const isBeside = (row: number) =>
    (regions === null || regions[region[row]!] === 1) && (currencies === null || currencies[currency[row]!] === 1)

  return (account) => {
    const [begin, end] = [start[account]!, start[account + 1]!]
    if (begin === end || month[begin]! - first >= length) return null
    book.account = account
    book.from = month[begin]! - first
    if (isWhole) readWhole(begin, end)
    else if (!readPart(begin, end)) return null
    return book
  }
}
