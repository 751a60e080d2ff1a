import { type Belonging, placesOf } from './belonging.ts'
import { type Axis, at, type Book, dayAt, kindAt, movedOf, movementCount, openingOf, placeOf, seatsAt } from './book.ts'
import type { Calendar } from './calendar.ts'
import { DayList } from './day-movements.ts'
import { kindCode } from './kind.ts'

/**
 * Shows of one account after the other what a slice has of it that it belongs to at times. A month's movement is of where the account
 * belongs at its close; what it held before moves there with it, as a transfer that leaves one slice and enters another. What NRR compares
 * an opening with is all of the account, wherever it belongs by then.
 */
export function maskedBooks(belonging: Belonging, axis: Axis, calendar: Calendar): (book: Book) => Book {
  const isIn = new Uint8Array(axis.length)
  const changed = new Int32Array(axis.length)
  const columns = { closing: column(axis), held: column(axis), seats: column(axis), fx: column(axis) }
  const days = new DayList()
  return (book) => {
    const timeline = belonging.get(book.account)
    if (timeline === undefined) return book
    placesOf(timeline, axis, calendar, isIn)
    const changes = levelsOf(book, axis, { isIn, changed, columns })
    movementsOf(book, axis, isIn, days)
    return {
      ...book,
      changed,
      changes,
      closing: columns.closing,
      held: columns.held,
      seats: columns.seats,
      days,
      exchange: book.exchange && { ...book.exchange, fx: columns.fx },
    }
  }
}

const column = ({ length }: Axis) => new Float64Array(length)

type Masked = {
  isIn: Uint8Array
  changed: Int32Array
  columns: Record<'closing' | 'held' | 'seats' | 'fx', Float64Array>
}

/** Fills the levels, and says at how many places something changes: of the account, or of where it belongs. */
function levelsOf(book: Book, { length }: Axis, { isIn, changed, columns }: Masked): number {
  let [changes, next] = [0, 0]
  for (let place = book.from; place < length; place += 1) {
    const is = isIn[place]!
    const isChange = next < book.changes && book.changed[next] === place
    if (isChange) next += 1
    columns.closing[place] = is === 1 ? book.closing[place]! : 0
    columns.held[place] = is === 1 ? book.held[place]! : 0
    columns.fx[place] = is === 1 && isChange ? (book.exchange?.fx[place] ?? 0) : 0
    if (!isChange && (place === book.from || isIn[place - 1] === is)) continue
    columns.seats[place] = is === 1 ? seatsAt(book, place) : 0
    changed[changes] = place
    changes += 1
  }
  return changes
}

function movementsOf(book: Book, { length }: Axis, isIn: Uint8Array, days: DayList): void {
  const movements = movementCount(book)
  days.clear()
  let next = 0
  for (let place = book.from; place < length; place += 1) {
    const is = isIn[place]!
    const before = place > book.from ? at(book, book.closing, place - 1) : 0
    if (before !== 0 && isIn[place - 1] !== is)
      days.add(place, 0, kindCode.NONE, is === 1 ? 0 : before, is === 1 ? before : 0 - before)
    for (; next < movements && placeOf(book, next) === place; next += 1)
      if (is === 1) days.add(place, dayAt(book, next), kindAt(book, next), openingOf(book, next), movedOf(book, next))
  }
}
