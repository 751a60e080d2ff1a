import { type Axis, at, type Book, classify } from './book.ts'
import { dayIn } from './calendar.ts'
import { kindOf } from './converted-reader.ts'
import { DayList } from './day-movements.ts'
import { type FactView, kindOfReturn } from './fact-view.ts'
import { type Money, moneyOf } from './held-money.ts'
import { kindCode } from './kind.ts'
import { rowInSlice, type Slice } from './slice.ts'

/**
 * Cuts the months of one account after the other into movements by day. Levels stay those of the months; only what is called
 * what, and when, differs. Amounts are converted at the rates of the close before the month, as a month's change is, and FX stays
 * a month's.
 */
export function dayReader(slice: Slice, axis: Axis): (book: Book) => Book {
  const days = new DayList()
  const past = new Past(slice.view)
  const money = slice.exchange === null ? null : moneyOf(slice, slice.exchange, axis, PLACES)
  return (book) => {
    days.clear()
    past.clear()
    if (money === null) readPlain(slice, axis, book, days, past)
    else readConverted(slice, axis, book, days, past, money)
    book.days = days
    return book
  }
}

/** What is known of an account when the next of its days is named. */
class Past {
  readonly #view: FactView
  paid = false
  #leftOn = 0

  constructor(view: FactView) {
    this.#view = view
  }

  clear(): void {
    this.paid = false
  }

  /** The kind of a day, by what it would be called without a window. */
  name(code: number, on: number, isHeld: boolean): number {
    if (code === kindCode.CHURN) this.#leftOn = on
    if (isHeld) this.paid = true
    return code === kindCode.REACTIVATION ? kindOfReturn(this.#view, on - this.#leftOn) : code
  }
}

function readPlain(slice: Slice, { first, length }: Axis, { account }: Book, days: DayList, past: Past): void {
  const { calendar } = slice.store
  const { start, month, day, amount } = slice.store.changes
  const end = start[account + 1]!
  let [all, inSlice, before, level] = [0, 0, 0, 0]
  let row = start[account]!
  while (row < end && month[row]! - first < length) {
    const [inMonth, onDay] = [month[row]!, day[row]!]
    for (; row < end && month[row] === inMonth && day[row] === onDay; row += 1) {
      all += amount[row]!
      if (rowInSlice(slice, row)) inSlice += amount[row]!
    }
    const after = Math.max(all, 0)
    const kind = past.name(classify(before, after, past.paid), dayIn(calendar, inMonth, onDay), after > 0)
    const closing = Math.max(inSlice, 0)
    if (kind !== kindCode.NONE || closing !== level) days.add(inMonth - first, onDay, kind, level, closing - level)
    before = after
    level = closing
  }
}

/** Places of the money that is held on a day: before it, and after. */
const [BEFORE, AFTER, PLACES] = [0, 1, 2]

function readConverted(
  slice: Slice,
  { first, length }: Axis,
  book: Book,
  days: DayList,
  past: Past,
  money: Money,
): void {
  const { calendar } = slice.store
  const { start, month, day } = slice.store.changes
  const end = start[book.account + 1]!
  let row = start[book.account]!
  let wasHeld = false
  money.clear()
  while (row < end && month[row]! - first < length) {
    const inMonth = month[row]!
    const place = inMonth - first
    const ratesOf = place - 1
    const opening = at(book, book.closing, ratesOf)
    let level = opening
    while (row < end && month[row] === inMonth) {
      const onDay = day[row]!
      money.stand(BEFORE, AFTER)
      for (; row < end && month[row] === inMonth && day[row] === onDay; row += 1) money.change(row)
      money.stand(AFTER, PLACES)
      const isHeld = money.isHeld(AFTER)
      const isAccountChange = money.differs(AFTER, BEFORE)
      const isSliceChange = isAccountChange || money.sliceDiffers(AFTER, BEFORE)
      const closing = isSliceChange ? money.slice(AFTER, ratesOf) : level
      let moved = isSliceChange ? closing - level : 0
      let kind: number = kindCode.NONE
      if (isAccountChange) {
        const change = money.all(AFTER, ratesOf) - money.all(BEFORE, ratesOf)
        if (!wasHeld || !isHeld || !Number.isNaN(change)) kind = kindOf(wasHeld, isHeld, change, past.paid)
        else if (moved !== 0) moved = Number.NaN // it grew or shrank: nobody can say
      }
      kind = past.name(kind, dayIn(calendar, inMonth, onDay), isHeld)
      if (kind !== kindCode.NONE || moved !== 0) days.add(place, onDay, kind, level, moved)
      level = closing
      wasHeld = isHeld
    }
    // What an account's items share is rounded anew each day: the last cent of a slice is told by where the month ends.
    book.exchange!.fx[place] = fxOf(book.closing[place]!, level) // amounts are converted
  }
}

const fxOf = (closing: number, unmoved: number): number => (closing === unmoved ? 0 : closing - unmoved)
