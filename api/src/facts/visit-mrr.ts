import { at } from './book.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'
import { walkCloses } from './walk.ts'

/** What each account pays at the closes of months, at their own rates, none left out that pays; NaN where a rate is missing. */
export function visitMrr(
  slice: Slice,
  closes: readonly Month[],
  visit: (account: number, close: number, mrr: number) => void,
): void {
  walkCloses(slice, closes, (book, places) => {
    places.forEach((place, close) => {
      if (at(book, book.held, place) > 0) visit(book.account, close, at(book, book.closing, place))
    })
  })
}
