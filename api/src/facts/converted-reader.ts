import { type Axis, type Book, classify } from './book.ts'
import type { Exchange } from './exchange.ts'
import { kindOfReturn } from './fact-view.ts'
import { moneyOf } from './held-money.ts'
import { kindCode } from './kind.ts'
import { holdsAny, rowInSlice, type Slice } from './slice.ts'

/**
 * The reader where amounts are of several currencies. Kinds are decided on all that the account holds, in the currency of the answer at
 * the rates of the previous close; zero is zero in every currency. Rates move levels in months without a change, so every
 * place at which they do is one of `changed`.
 */
export function convertedReader(slice: Slice, exchange: Exchange, axis: Axis): (account: number) => Book | null {
  const { start, month, seats } = slice.store.changes
  const { first, length } = axis
  const { closeOf } = slice.store.calendar
  const { book, moved, fx, money } = emptyBook(slice, exchange, axis)
  const { changed, closing, product, held, productHeld, kind, seats: seatsAt } = book

  return (account) => {
    const end = start[account + 1]!
    let row = start[account]!
    if (row === end || month[row]! - first >= length || !holdsAny(slice, row, end)) return null
    let place = month[row]! - first
    let seatCount = 0
    let paidBefore = false
    let wasHeld = false
    let leftAt = 0
    let changes = 0
    book.account = account
    book.from = place
    kind.fill(kindCode.NONE, place)
    money.clear()
    while (place < length) {
      while (row < end && month[row]! - first === place) {
        money.change(row)
        if (rowInSlice(slice, row)) seatCount += seats[row]!
        row += 1
      }
      const next = row < end ? Math.min(month[row]! - first, length) : length
      money.stand(place, next)
      const isHeld = money.isHeld(place)
      held.fill(money.isSliceHeld(place) ? 1 : 0, place, next)
      if (productHeld !== held) productHeld.fill(money.isProductHeld(place) ? 1 : 0, place, next)
      seatsAt.fill(seatCount, place, next)
      for (let until = place; until < next; until += 1) {
        const before = until === book.from ? 0 : closing[until - 1]!
        const after = money.slice(until, until)
        const isChange = until === place
        const isAccountChange = isChange && money.differs(until, book.from)
        // An account that moves rounds its items anew, so that they still add to it.
        const isSliceChange = isAccountChange || (isChange && money.sliceDiffers(until, book.from))
        const unmoved = isSliceChange ? money.slice(until, until - 1) : before
        let change = isSliceChange ? unmoved - before : 0
        if (isAccountChange) {
          const level = until === book.from ? 0 : money.all(until - 1, until - 1)
          const now = money.all(until, until - 1)
          if (!wasHeld || !isHeld || !Number.isNaN(level - now))
            kind[until] = kindOf(wasHeld, isHeld, now - level, paidBefore)
          else if (change !== 0) change = Number.NaN // it grew or shrank: nobody can say
        }
        closing[until] = after
        if (product !== closing) product[until] = money.product(until, until)
        moved[until] = change
        fx[until] = after === unmoved ? 0 : after - unmoved
        if (isChange || fx[until] !== 0) {
          changed[changes] = until
          changes += 1
        }
      }
      if (wasHeld && !isHeld) leftAt = place
      if (kind[place] === kindCode.REACTIVATION)
        kind[place] = kindOfReturn(slice.view, closeOf(first + place) - closeOf(first + leftAt))
      if (isHeld) paidBefore = true
      wasHeld = isHeld
      place = next
    }
    book.changes = changes
    return book
  }
}

/** Of a change of what is held, in money that is the same before and after. */
export function kindOf(wasHeld: boolean, isHeld: boolean, change: number, paidBefore: boolean): number {
  if (wasHeld && isHeld) return classify(1, 1 + Math.sign(change) / 2, paidBefore)
  return classify(wasHeld ? 1 : 0, isHeld ? 1 : 0, paidBefore)
}

function emptyBook(slice: Slice, exchange: Exchange, axis: Axis) {
  const column = () => new Float64Array(axis.length)
  const money = moneyOf(slice, exchange, axis)
  const [closing, held, moved, fx] = [column(), column(), column(), column()]
  const book: Book = {
    account: 0,
    from: 0,
    changed: new Int32Array(axis.length),
    changes: 0,
    closing,
    product: slice.plans ? column() : closing,
    held,
    productHeld: slice.plans ? column() : held,
    everHeld: held,
    seats: column(),
    kind: new Uint8Array(axis.length),
    days: null,
    exchange: { moved, fx, productAt: money.product },
  }
  return { book, moved, fx, money }
}
