import { type Axis, type Book, classify, kindCode } from './book.ts'
import type { Exchange } from './exchange.ts'
import { FactorTable } from './factor-table.ts'
import { Holdings } from './holdings.ts'
import { rowInSlice, type Slice } from './slice.ts'

/**
 * The walk where amounts are of several currencies. Kinds are decided on all that the account holds, in the currency of the answer at
 * the rates of the previous close; zero is zero in every currency. Rates move levels in months without a change, so every
 * place at which they do is one of `changed`.
 */
export function walkConverted(slice: Slice, exchange: Exchange, axis: Axis, visit: (book: Book) => void): void {
  const { start, month, seats } = slice.store.changes
  const { first, length } = axis
  const { book, moved, fx, money } = emptyBook(slice, exchange, axis)
  const { changed, closing, product, held, productHeld, kind, seats: seatsAt } = book

  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    const end = start[account + 1]!
    let row = start[account]!
    if (row === end || month[row]! - first >= length) continue
    let place = month[row]! - first
    let seatCount = 0
    let paidBefore = false
    let wasHeld = false
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
      if (isHeld) paidBefore = true
      wasHeld = isHeld
      place = next
    }
    book.changes = changes
    visit(book)
  }
}

function kindOf(wasHeld: boolean, isHeld: boolean, change: number, paidBefore: boolean): number {
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
    seats: column(),
    kind: new Uint8Array(axis.length),
    exchange: { moved, fx, productAt: money.product },
  }
  return { book, moved, fx, money }
}

/** What the account holds: in all, in the slice, and of the slice's products. */
type Money = {
  clear(): void
  change(row: number): void
  stand(from: number, until: number): void
  differs(place: number, from: number): boolean
  sliceDiffers(place: number, from: number): boolean
  isHeld(place: number): boolean
  isSliceHeld(place: number): boolean
  isProductHeld(place: number): boolean
  all(place: number, ratesOf: number): number
  slice(place: number, ratesOf: number): number
  product(place: number, ratesOf: number): number
}

function moneyOf(slice: Slice, exchange: Exchange, axis: Axis): Money {
  const factors = new FactorTable(exchange, axis)
  const { plan, region, currency, amount } = slice.store.changes
  const byCurrency = new Holdings(factors, axis.length)
  const changeCurrency = (row: number) =>
    byCurrency.change(byCurrency.cell(currency[row]!, currency[row]!), amount[row]!)
  const differs = (place: number, from: number) => byCurrency.differs(place, from)
  const isHeld = (place: number) => holds(byCurrency, place, null)
  const all = (place: number, ratesOf: number) => byCurrency.value(place, ratesOf)
  if (slice.regions === null && slice.plans === null && slice.currencies === null) {
    return {
      clear: () => byCurrency.clear(),
      change: changeCurrency,
      stand: (from, until) => byCurrency.stand(from, until),
      differs,
      sliceDiffers: differs,
      isHeld,
      isSliceHeld: isHeld,
      isProductHeld: isHeld,
      all,
      slice: all,
      product: all,
    }
  }
  const items = new Holdings(factors, axis.length)
  const marks = { slice: new Uint8Array(16), product: new Uint8Array(16) }
  const share = (marked: 'slice' | 'product') => (place: number, ratesOf: number) =>
    items.share(place, ratesOf, marks[marked], byCurrency)
  const ofSlice = share('slice')
  const ofProduct = slice.plans ? share('product') : ofSlice
  return {
    clear() {
      byCurrency.clear()
      items.clear()
    },
    change(row) {
      changeCurrency(row)
      const known = items.cells
      const cell = items.cell(keyOf(plan[row]!, region[row]!, currency[row]!), currency[row]!)
      items.change(cell, amount[row]!)
      if (cell < known) return
      if (cell === marks.slice.length)
        for (const name of ['slice', 'product'] as const) marks[name] = twice(marks[name])
      marks.slice[cell] = rowInSlice(slice, row) ? 1 : 0
      marks.product[cell] = rowInSlice({ ...slice, plans: slice.products }, row) ? 1 : 0
    },
    stand(from, until) {
      byCurrency.stand(from, until)
      items.stand(from, until)
    },
    differs,
    sliceDiffers: (place, from) => items.differs(place, from, marks.slice),
    isHeld,
    isSliceHeld: (place) => holds(items, place, marks.slice),
    isProductHeld: (place) => holds(items, place, marks.product),
    all,
    slice: ofSlice,
    product: ofProduct,
  }
}

/** Zero is zero in every currency. */
function holds(holdings: Holdings, place: number, marked: Uint8Array | null): boolean {
  for (let cell = 0; cell < holdings.cells; cell += 1)
    if ((marked === null || marked[cell] === 1) && holdings.amount(cell, place) > 0) return true
  return false
}

/** Codes of plans and regions have 16 bits, those of currencies 8. */
const keyOf = (plan: number, region: number, currency: number): number => (plan * 0x10000 + region) * 0x100 + currency

function twice(marks: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(marks.length * 2)
  larger.set(marks)
  return larger
}
