import { at, type Book } from './walk.ts'

/** Two places of an axis: the closes that a span compares. */
export type SpanPair = { opening: number; closing: number }

/** Sums over the accounts with an opening above zero. Exact integers. */
export type SpanSums = {
  accounts: number
  opening: number
  closing: number
  /** Sum of the lesser of opening and closing, per account. */
  kept: number
}

/** Sums of many pairs, as columns. */
export class SpanTable {
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #accounts: Float64Array
  readonly #opening: Float64Array
  readonly #closing: Float64Array
  readonly #kept: Float64Array

  constructor(pairs: readonly SpanPair[]) {
    this.#from = Int32Array.from(pairs, (pair) => pair.opening)
    this.#to = Int32Array.from(pairs, (pair) => pair.closing)
    this.#accounts = new Float64Array(pairs.length)
    this.#opening = new Float64Array(pairs.length)
    this.#closing = new Float64Array(pairs.length)
    this.#kept = new Float64Array(pairs.length)
  }

  /** Adds one account to each pair. A pair opens before it closes, so one that opens before the first change has no opening. */
  add(book: Book): void {
    const from = this.#from
    const { closing, product } = book
    for (let pair = 0; pair < from.length; pair += 1) {
      const place = from[pair]!
      if (place < book.from || closing[place] === 0) continue
      const opening = product[place]!
      const after = product[this.#to[pair]!]!
      this.#accounts[pair]! += 1
      this.#opening[pair]! += opening
      this.#closing[pair]! += after
      this.#kept[pair]! += Math.min(after, opening)
    }
  }

  /** The sums of one pair; without such a pair, of nobody. */
  sums(pair: number): SpanSums {
    return {
      accounts: this.#accounts[pair] ?? 0,
      opening: this.#opening[pair] ?? 0,
      closing: this.#closing[pair] ?? 0,
      kept: this.#kept[pair] ?? 0,
    }
  }
}

/** MRR held at the opening, or zero where the account is not in: with a plan filter it must hold the plan at the opening. */
export function spanOpening(book: Book, place: number): number {
  return at(book, book.closing, place) > 0 ? at(book, book.product, place) : 0
}

/** Whether a span that ends above zero was at zero at a month end in between. */
export function returned(book: Book, pair: SpanPair): boolean {
  if (at(book, book.product, pair.closing) === 0) return false
  for (let place = pair.opening + 1; place < pair.closing; place += 1) {
    if (at(book, book.product, place) === 0) return true
  }
  return false
}
