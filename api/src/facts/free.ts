import { outlookByAccount } from './outlook.ts'
import type { Slice } from './slice.ts'
import { firstHeld, type SpanPair } from './spans.ts'
import { axisOf, walk } from './walk.ts'

/** Accounts that had never paid by the opening of a span, and had signed up or were on trial; and whether they pay at its closing. */
export function visitFree(
  slice: Slice,
  spans: readonly SpanPair[],
  visit: (account: number, span: number, pays: boolean) => void,
): void {
  if (spans.length === 0) return
  const { signedUp } = slice.store.accounts
  const axis = axisOf(
    slice,
    Math.min(...spans.map(({ opening }) => opening)),
    Math.max(...spans.map(({ closing }) => closing)),
  )
  const size = slice.accounts.length
  const firstPaid = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
  const pays = spans.map(() => new Uint8Array(size))
  walk(slice, axis, (book) => {
    firstPaid[book.account] = firstHeld(book) + axis.first
    spans.forEach(({ closing }, span) => {
      const place = closing - axis.first
      if (place >= book.from && book.held[place]! > 0) pays[span]![book.account] = 1
    })
  })
  spans.forEach(({ opening }, span) => {
    const { trial } = outlookByAccount(slice, opening)
    for (let account = 0; account < size; account += 1) {
      if (slice.accounts[account] === 0 || firstPaid[account]! <= opening) continue
      const isKnown = signedUp[account]! > 0 && signedUp[account]! <= opening
      // A trial whose rate is missing is one all the same.
      const isOnTrial = trial[account]! !== 0
      if (isKnown || isOnTrial) visit(account, span, pays[span]![account] === 1)
    }
  })
}
