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
  /** Sum of the least that each account paid at a close of the window; 0 unless `PATH` is read. */
  lowest: number
  /** Everyone's closing at its own rates, and of it the accounts that paid at the opening or before; 0 unless `TENURE` is read. */
  everyone: number
  established: number
  /** Accounts that paid at the opening or before, whether they still pay or not. */
  veterans: number
}

/** What costs more than two closes of the accounts at the opening, and is summed only for a metric that reads it. */
export type SpanRead = 'PATH' | 'TENURE'

const columnNames = ['accounts', 'opening', 'closing', 'kept', 'lowest', 'everyone', 'established', 'veterans'] as const

/** Sums of many pairs, as columns. */
export class SpanTable {
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #accounts: Float64Array
  readonly #opening: Float64Array
  readonly #closing: Float64Array
  readonly #kept: Float64Array
  readonly #lowest: Float64Array
  readonly #everyone: Float64Array
  readonly #established: Float64Array
  readonly #veterans: Float64Array
  readonly #isSpot: boolean
  readonly #readsPath: boolean
  readonly #readsTenure: boolean

  constructor(
    pairs: readonly SpanPair[],
    rates: FactView['retentionCurrency'],
    reads: ReadonlySet<SpanRead> = new Set(),
  ) {
    this.#isSpot = rates === 'SPOT'
    this.#readsPath = reads.has('PATH')
    this.#readsTenure = reads.has('TENURE')
    this.#from = Int32Array.from(pairs, (pair) => pair.opening)
    this.#to = Int32Array.from(pairs, (pair) => pair.closing)
    this.#accounts = new Float64Array(pairs.length)
    this.#opening = new Float64Array(pairs.length)
    this.#closing = new Float64Array(pairs.length)
    this.#kept = new Float64Array(pairs.length)
    this.#lowest = new Float64Array(pairs.length)
    this.#everyone = new Float64Array(pairs.length)
    this.#established = new Float64Array(pairs.length)
    this.#veterans = new Float64Array(pairs.length)
  }

  /** Adds one account to each pair. A pair opens before it closes, so one that opens before the first change has no opening. */
  add(book: Book): void {
    if (this.#readsTenure) this.#addTenure(book)
    if (this.#readsPath) this.#addPaths(book)
    const first = book.from
    const held = book.held
    const product = book.product
    const exchange = this.#isSpot ? null : book.exchange
    const from = this.#from
    const to = this.#to
    const accounts = this.#accounts
    const openings = this.#opening
    const closings = this.#closing
    const kept = this.#kept
    for (let pair = 0; pair < from.length; pair += 1) {
      const place = from[pair]!
      if (place < first || held[place] === 0) continue
      const opening = product[place]!
      const closing = exchange === null ? product[to[pair]!]! : exchange.productAt(to[pair]!, place)
      accounts[pair]! += 1
      openings[pair]! += opening
      closings[pair]! += closing
      kept[pair]! += Math.min(closing, opening)
    }
  }

  #addPaths(book: Book): void {
    for (let pair = 0; pair < this.#from.length; pair += 1) {
      const opening = this.#from[pair]!
      if (opening < book.from || book.held[opening] === 0) continue
      this.#lowest[pair]! += lowestOf(book, { opening, closing: this.#to[pair]! })
    }
  }

  /** Everyone that pays at the closing, and who of them has paid before: one place to compare with per account. */
  #addTenure(book: Book): void {
    const first = firstHeld(book)
    for (let pair = 0; pair < this.#to.length; pair += 1) {
      const to = this.#to[pair]!
      const closing = at(book, book.closing, to)
      this.#everyone[pair]! += closing
      if (first > this.#from[pair]!) continue
      this.#established[pair]! += closing
      this.#veterans[pair]! += 1
    }
  }

  /** The sums of one pair; without such a pair, of nobody. */
  sums(pair: number): SpanSums {
    return {
      accounts: this.#accounts[pair] ?? 0,
      opening: this.#opening[pair] ?? 0,
      closing: this.#closing[pair] ?? 0,
      kept: this.#kept[pair] ?? 0,
      lowest: this.#lowest[pair] ?? 0,
      everyone: this.#everyone[pair] ?? 0,
      established: this.#established[pair] ?? 0,
      veterans: this.#veterans[pair] ?? 0,
    }
  }
}

/** Place of the account's first close above zero; infinity where there is none. */
export function firstHeld({ from, everHeld }: Book): number {
  for (let place = from; place < everHeld.length; place += 1) if (everHeld[place]! > 0) return place
  return Number.POSITIVE_INFINITY
}

/** The least that an account paid at a close of a span, both ends included, at the rates of the opening. */
export function lowestOf(book: Book, { opening, closing }: SpanPair): number {
  let lowest = at(book, book.product, opening)
  for (let place = opening + 1; place <= closing; place += 1) lowest = Math.min(lowest, productAt(book, place, opening))
  return lowest
}

/** Sums of several pairs as one, and of how many of them anybody paid at the opening. */
export function addSums(sums: readonly SpanSums[]): SpanSums & { based: number } {
  const added = Object.fromEntries(
    columnNames.map((name) => [name, sums.reduce((total, one) => total + one[name], 0)]),
  ) as SpanSums // the same names
  return { ...added, based: sums.filter(({ accounts }) => accounts > 0).length }
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
