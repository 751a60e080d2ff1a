import { type Book, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { kindCode } from './kind.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'
import { firstHeld } from './spans.ts'
import { axisOf, walk } from './walk.ts'

/** One account from its first paid close on, in months of age. */
export type Life = {
  account: number
  /** Month of its first paid close. */
  month: Month
  /** Age at its first close at zero, or at the last close that is known. */
  until: number
  /** Whether it left at that age. */
  left: boolean
  /** Age of the first month in which it expanded; infinity where it did not by `until`. */
  expanded: number
}

/** Every account that has paid by the last close; null where a missing rate hides whether one grew. */
export function livesOf(slice: Slice, last: Month): Life[] | null {
  const lives: Life[] = []
  let isKnown = true
  const axis = axisOf(slice, last, last)
  walk(slice, axis, (book) => {
    const first = firstHeld(book)
    if (!Number.isFinite(first)) return
    const end = axis.length - 1
    let until = first
    while (until < end && book.held[until + 1]! > 0) until += 1
    const left = until < end
    const place = left ? until + 1 : end
    const expanded = firstExpansion(book, place)
    if (Number.isNaN(expanded)) isKnown = false
    lives.push({
      account: book.account,
      month: axis.first + first,
      until: place - first,
      left,
      expanded: expanded - first,
    })
  })
  return isKnown ? lives : null
}

/** Place of the first expansion up to a place; NaN where nobody can say. */
function firstExpansion(book: Book, until: number): number {
  for (let index = 0; index < movementCount(book) && placeOf(book, index) <= until; index += 1) {
    const [kind, moved] = [kindAt(book, index), movedOf(book, index)]
    if (kind === kindCode.EXPANSION && moved !== 0) return placeOf(book, index)
    if (kind === kindCode.NONE && Number.isNaN(moved)) return Number.NaN
  }
  return Number.POSITIVE_INFINITY
}
