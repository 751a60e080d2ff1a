import { type Axis, type Book, classify } from './book.ts'
import { convertedReader } from './converted-reader.ts'
import { dayReader } from './day-reader.ts'
import { kindOfReturn } from './fact-view.ts'
import { kindCode } from './kind.ts'
import { daysBetweenCloses, type Month } from './month.ts'
import { holdsAny, type Slice } from './slice.ts'

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
  const read = bookReader(slice, axis)
  for (let account = 0; account < slice.accounts.length; account += 1) {
    const book = slice.accounts[account] === 1 ? read(account) : null
    if (book !== null) visit(book)
  }
}

/** Whose accounts may be read is for the caller to see to: it walks those of a slice. */
export function bookReader(slice: Slice, axis: Axis): BookReader {
  const read = slice.exchange === null ? plainReader(slice, axis) : convertedReader(slice, slice.exchange, axis)
  if (slice.view.netting === 'MONTH') return read
  const byDay = dayReader(slice, axis)
  return (account) => {
    const book = read(account)
    return book === null ? null : byDay(book)
  }
}

function plainReader(slice: Slice, axis: Axis): BookReader {
  const { start, month, plan, region, currency, amount, seats } = slice.store.changes
  const { regions, plans, products, currencies } = slice
  const { first, length } = axis
  const sliced = regions !== null || plans !== null || currencies !== null
  const book = emptyBook(slice, length)
  const { changed, closing, product, kind, seats: seatsAt } = book

  return (account) => {
    const end = start[account + 1]!
    let row = start[account]!
    if (row === end || month[row]! - first >= length) return null
    if (sliced && !holdsAny(slice, row, end)) return null
    let all = 0
    let inSlice = 0
    let inProduct = 0
    let seatCount = 0
    let previous = 0
    let paidBefore = false
    let leftAt = 0
    let place = month[row]! - first
    book.account = account
    book.from = place
    let changes = 0
    kind.fill(kindCode.NONE, place)
    while (place < length) {
      while (row < end && month[row]! - first === place) {
        all += amount[row]!
        if (!sliced) seatCount += seats[row]!
        else if (
          (regions === null || regions[region[row]!] === 1) &&
          (currencies === null || currencies[currency[row]!] === 1)
        ) {
          const isInPlan = plans === null || plans[plan[row]!] === 1
          if (isInPlan) inSlice += amount[row]!
          if (isInPlan) seatCount += seats[row]!
          if (products !== null && products[plan[row]!] === 1) inProduct += amount[row]!
        }
        row += 1
      }
      const current = Math.max(all, 0)
      let code = classify(previous, current, paidBefore)
      if (code === kindCode.CHURN) leftAt = place
      else if (code === kindCode.REACTIVATION)
        code = kindOfReturn(slice.view, daysBetweenCloses(first + leftAt, first + place))
      kind[place] = code
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
      if (plans !== null) {
        const held = Math.max(inProduct, 0)
        for (let until = place; until < next; until += 1) product[until] = held
      }
      place = next
    }
    book.changes = changes
    return book
  }
}

function emptyBook({ plans }: Slice, length: number): Book {
  const closing = new Float64Array(length)
  const product = plans ? new Float64Array(length) : closing
  return {
    account: 0,
    from: 0,
    changed: new Int32Array(length),
    changes: 0,
    closing,
    product,
    held: closing,
    productHeld: product,
    seats: new Float64Array(length),
    kind: new Uint8Array(length),
    days: null,
    exchange: null,
  }
}
