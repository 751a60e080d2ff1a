import { at, type Book, productAt } from './book.ts'
import type { FactView } from './fact-view.ts'

/** Two places of an axis: the closes that a span compares. */
export type SpanPair = { opening: number; closing: number }

/** Sums over the accounts with an opening above zero, at the rates of the opening or each end at its own. Exact integers, or NaN where a rate is missing. */
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
  readonly #isSpot: boolean

  constructor(pairs: readonly SpanPair[], rates: FactView['retentionCurrency']) {
    this.#isSpot = rates === 'SPOT'
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
    const { held, product, exchange } = book
    for (let pair = 0; pair < from.length; pair += 1) {
      const place = from[pair]!
      if (place < book.from || held[place] === 0) continue
      const opening = product[place]!
      const to = this.#to[pair]!
      const after = exchange === null || this.#isSpot ? product[to]! : exchange.productAt(to, place)
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

/** What the account of a cohort holds at the closing, at the rates of the opening or at its own. */
export function closingOf(book: Book, { opening, closing }: SpanPair, rates: FactView['retentionCurrency']): number {
  return productAt(book, closing, rates === 'SPOT' ? closing : opening)
}

/** Whether the account pays at the opening: with a plan filter, for the plan. */
export function isInCohort(book: Book, place: number): boolean {
  return at(book, book.held, place) > 0 && at(book, book.productHeld, place) > 0
}

/** Whether a span that ends above zero was at zero at a month end in between. */
export function returned(book: Book, pair: SpanPair): boolean {
  if (at(book, book.productHeld, pair.closing) === 0) return false
  for (let place = pair.opening + 1; place < pair.closing; place += 1) {
    if (at(book, book.productHeld, place) === 0) return true
  }
  return false
}
