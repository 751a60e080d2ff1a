import type { Axis } from './book.ts'
import type { Exchange } from './exchange.ts'
import { FactorTable } from './factor-table.ts'
import { Holdings } from './holdings.ts'
import { rowInSlice, type Slice } from './slice.ts'

/** What the account holds: in all, in the slice, and of the slice's products. */
export type Money = {
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

/** `places` are kept of each account: those of the axis, or others that say whose rates they take. */
export function moneyOf(slice: Slice, exchange: Exchange, axis: Axis, places = axis.length): Money {
  const factors = new FactorTable(exchange, axis)
  const { plan, region, currency, amount } = slice.store.changes
  const byCurrency = new Holdings(factors, places)
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
  const items = new Holdings(factors, places)
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
