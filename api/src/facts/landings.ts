import { at, productAt, seatsAt } from './book.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'
import { firstHeld } from './spans.ts'
import { walkCloses } from './walk.ts'

/** An account that pays at a close, as it was at its first paid close and as it is now. */
export type Landed = {
  account: number
  /** Month of its first paid close. */
  month: Month
  /** Seats then, and at the close. */
  landedSeats: number
  seats: number
  /** MRR then, and at the close, both at the rates of then; NaN where one is missing. */
  landedMrr: number
  mrr: number
}

/** Accounts that pay at the closes of months, each with where it landed. The object is used again: read it during the visit. */
export function visitLanded(
  slice: Slice,
  closes: readonly Month[],
  visit: (landed: Landed, close: number) => void,
): void {
  const landed: Landed = { account: 0, month: 0, landedSeats: 0, seats: 0, landedMrr: 0, mrr: 0 }
  walkCloses(slice, closes, (book, places, axis) => {
    const first = firstHeld(book)
    if (!Number.isFinite(first)) return
    landed.account = book.account
    landed.month = axis.first + first
    landed.landedSeats = Math.max(seatsAt(book, first), 0)
    landed.landedMrr = productAt(book, first, first)
    places.forEach((place, close) => {
      if (place < first || at(book, book.held, place) === 0) return
      landed.seats = Math.max(seatsAt(book, place), 0)
      landed.mrr = productAt(book, place, first)
      visit(landed, close)
    })
  })
}
