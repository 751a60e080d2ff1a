import { at, productAt, seatsAt } from './book.ts'
import { kindCode } from './kind.ts'
import { LAST, marksOf } from './marks.ts'
import type { Month } from './month.ts'
import { isOfRows, parted } from './rows.ts'
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
export function visitLanded(slice: Slice, closes: readonly Month[], visit: Visit): void {
  const { even, rest } = isOfRows(slice) ? parted(slice) : { even: null, rest: slice }
  if (even) visitLandedRows(even, closes, visit)
  if (rest) visitLandedBooks(rest, closes, visit)
}

type Visit = (landed: Landed, close: number) => void

const nobody = (): Landed => ({ account: 0, month: 0, landedSeats: 0, seats: 0, landedMrr: 0, mrr: 0 })

function visitLandedRows({ store, accounts }: Slice, closes: readonly Month[], visit: Visit): void {
  const { start, month, amount, seats } = store.changes
  const { marks } = marksOf(store.changes)
  const inOrder = closes.map((_, close) => close).sort((a, b) => closes[a]! - closes[b]!)
  const landed = nobody()
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    const end = start[account + 1]!
    let [row, mrr, seatCount] = [start[account]!, 0, 0]
    landed.account = account
    landed.month = 0
    for (const close of inOrder) {
      const until = closes[close]!
      for (; row < end && landed.month === 0 && month[row]! <= until; row += 1) {
        mrr += amount[row]!
        seatCount += seats[row]!
        if (marks[row] !== FIRST_PAID) continue
        landed.month = month[row]!
        landed.landedMrr = mrr
        landed.landedSeats = Math.max(seatCount, 0)
      }
      for (; row < end && month[row]! <= until; row += 1) {
        mrr += amount[row]!
        seatCount += seats[row]!
      }
      if (landed.month === 0 || mrr === 0) continue
      landed.mrr = mrr
      landed.seats = Math.max(seatCount, 0)
      visit(landed, close)
    }
  }
}

/** Of who has not paid before. */
const FIRST_PAID = kindCode.NEW | LAST

function visitLandedBooks(slice: Slice, closes: readonly Month[], visit: Visit): void {
  const landed = nobody()
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
