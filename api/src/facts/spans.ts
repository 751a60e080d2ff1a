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

export const emptySpans = (pairs: readonly SpanPair[]): SpanSums[] =>
  pairs.map(() => ({ accounts: 0, opening: 0, closing: 0, kept: 0 }))

/** Adds one account to each pair. */
export function addSpans(sums: readonly SpanSums[], pairs: readonly SpanPair[], book: Book): void {
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index]!
    const opening = spanOpening(book, pair.opening)
    if (opening === 0) continue
    const closing = at(book, book.product, pair.closing)
    const sum = sums[index]!
    sum.accounts += 1
    sum.opening += opening
    sum.closing += closing
    sum.kept += Math.min(closing, opening)
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
