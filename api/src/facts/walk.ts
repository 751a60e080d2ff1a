import type { Axis, Book } from './book.ts'
import { convertedReader } from './converted-reader.ts'
import { dayReader } from './day-reader.ts'
import { levelReader } from './level-reader.ts'
import { maskedBooks } from './masked-book.ts'
import type { Month } from './month.ts'
import { plainReader } from './plain-reader.ts'
import { nextAccount } from './scope.ts'
import type { Slice } from './slice.ts'

/** An axis that covers all changes and the months `from … to`. */
export function axisOf(slice: Slice, from: Month, to: Month): Axis {
  const first = Math.min(slice.store.firstChange ?? from, from)
  return { first, length: Math.max(to - first + 1, 0) }
}

/** Visits every account of the slice with the places of the closes of some months, in their order. */
export function walkCloses(
  slice: Slice,
  closes: readonly Month[],
  visit: (book: Book, places: readonly number[], axis: Axis) => void,
): void {
  if (closes.length === 0) return
  const axis = axisOf(slice, Math.min(...closes), Math.max(...closes))
  const places = closes.map((close) => close - axis.first)
  walk(slice, axis, (book) => visit(book, places, axis))
}

/** Reads one account; null where it has nothing to tell of the slice on the axis. The book is the same one every time. */
export type BookReader = (account: number) => Book | null

/** Visits every account of the slice that has changes on the axis: one pass over the columns, no garbage. */
export function walk(slice: Slice, axis: Axis, visit: (book: Book) => void): void {
  walkWith(bookReader(slice, axis), slice, visit)
}

/** The same with books that tell levels, and no changes: of kinds and seats nothing is known. */
export function walkLevels(slice: Slice, axis: Axis, visit: (book: Book) => void): void {
  const isPlain = slice.exchange === null && slice.belonging === null
  walkWith(isPlain ? levelReader(slice, axis) : bookReader(slice, axis), slice, visit)
}

function walkWith(read: BookReader, { accounts }: Slice, visit: (book: Book) => void): void {
  for (
    let account = nextAccount(accounts, 0);
    account < accounts.length;
    account = nextAccount(accounts, account + 1)
  ) {
    const book = read(account)
    if (book !== null) visit(book)
  }
}

/** Whose accounts may be read is for the caller to see to: it walks those of a slice. */
export function bookReader(slice: Slice, axis: Axis): BookReader {
  const read = slice.exchange === null ? plainReader(slice, axis) : convertedReader(slice, slice.exchange, axis)
  const byDay = slice.view.netting === 'MONTH' ? null : dayReader(slice, axis)
  const mask = slice.belonging === null ? null : maskedBooks(slice.belonging, axis, slice.store.calendar)
  if (byDay === null && mask === null) return read
  return (account) => {
    const book = read(account)
    if (book === null) return null
    const cut = byDay === null ? book : byDay(book)
    return mask === null ? cut : mask(cut)
  }
}
