import type { DayMovements } from './day-movements.ts'
import { kindCode } from './kind.ts'
import type { Month } from './month.ts'

/** Months `first … first + length - 1`; place 0 has nothing before it. */
export type Axis = { first: Month; length: number }

/** One account's closings, place by place. The arrays are reused: read them during the visit, from `from` on. */
export type Book = {
  account: number
  /** Place of the account's first change; everything before it is zero. */
  from: number
  /** Places at which anything changed, ascending: the first `changes` of them. Movements can only be there. */
  changed: Int32Array
  changes: number
  /** Closing of the slice's items, floored at zero. Converted at the close's own rates; NaN where a rate is missing. */
  closing: Float64Array
  /** Closing of all items of the products that the slice's plans belong to; `closing` itself without a plan filter. */
  product: Float64Array
  /** Above zero where anything of `closing` is held, in any currency: a small amount may convert to zero. */
  held: Float64Array
  /** The same of `product`. */
  productHeld: Float64Array
  /** `held`, also while the account did not belong to the slice. */
  everHeld: Float64Array
  /** Purchased seats of the slice's items at the closes of `changed`; `seatsAt` reads the others. */
  seats: Float64Array
  /** What the account's month is called at the places of `changed`, decided on everything it holds. */
  kind: Uint8Array
  /** Set where movements are netted by day: they count instead of `kind` and the change of each month. */
  days: DayMovements | null
  /** Set where amounts are converted. */
  exchange: BookExchange | null
}

export type BookExchange = {
  /** Change of the slice at the rates of the previous close; NaN where a rate is missing. */
  moved: Float64Array
  /** What rates did to the slice. */
  fx: Float64Array
  /** `product` of a place, at the rates of another place. */
  productAt: (place: number, ratesOf: number) => number
}

/** Value at a place, zero before the account's first change (the reused arrays still hold another account's there). */
export function at(book: Book, column: Float64Array, place: number): number {
  return place < book.from ? 0 : column[place]!
}

/** Purchased seats at a place: those of the last change until then. */
export function seatsAt({ changed, changes, seats }: Book, place: number): number {
  let last = changes - 1
  while (last >= 0 && changed[last]! > place) last -= 1
  return last < 0 ? 0 : seats[changed[last]!]!
}

/** How many entries its movements have; `NONE` of them or zeros among them are none. */
export const movementCount = ({ days, changes }: Book): number => (days === null ? changes : days.length)

export const placeOf = ({ days, changed }: Book, index: number): number =>
  days === null ? changed[index]! : days.place[index]!

/** Day of the month of a movement; 0 where months are netted. */
export const dayAt = ({ days }: Book, index: number): number => (days === null ? 0 : days.day[index]!)

export const kindAt = ({ days, kind, changed }: Book, index: number): number =>
  days === null ? kind[changed[index]!]! : days.kind[index]!

export const openingOf = (book: Book, index: number): number =>
  book.days === null ? at(book, book.closing, book.changed[index]! - 1) : book.days.opening[index]!

export const movedOf = (book: Book, index: number): number =>
  book.days === null ? movedAt(book, book.changed[index]!) : book.days.moved[index]!

/** The slice's change in the month of a place: at the rates of the previous close where amounts are converted. */
export function movedAt(book: Book, place: number): number {
  if (place < book.from) return 0
  const { exchange, closing } = book
  return exchange === null ? closing[place]! - at(book, closing, place - 1) : exchange.moved[place]!
}

export function fxAt({ exchange, from }: Book, place: number): number {
  return exchange === null || place < from ? 0 : exchange.fx[place]!
}

/** `product` of a place at the rates of an earlier one: both ends of a span are in the same money. */
export function productAt(book: Book, place: number, ratesOf: number): number {
  if (place < book.from) return 0
  return book.exchange === null ? book.product[place]! : book.exchange.productAt(place, ratesOf)
}

/**
 * Zero cases first: otherwise a reactivation is counted as expansion. By comparisons alone, since whether an account grew or shrank is a
 * branch that nobody can guess.
 */
export function classify(previous: number, current: number, paidBefore: boolean): number {
  const compared =
    Number(current > previous) |
    (Number(current < previous) << 1) |
    (Number(previous > 0) << 2) |
    (Number(current > 0) << 3)
  const code = codes[compared]!
  return code === kindCode.NEW && paidBefore ? kindCode.REACTIVATION : code
}

/** By what `classify` compared: grew 1, shrank 2, paid before 4, pays now 8. */
const codes = Uint8Array.from({ length: 16 }, (_, compared) => {
  const [grew, shrank, paid, pays] = [1, 2, 4, 8].map((bit) => (compared & bit) > 0)
  if (!paid) return pays ? kindCode.NEW : kindCode.NONE
  if (!pays) return kindCode.CHURN
  if (grew) return kindCode.EXPANSION
  return shrank ? kindCode.CONTRACTION : kindCode.NONE
})
