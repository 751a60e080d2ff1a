import { type Axis, type Book, movedAt, productAt } from './book.ts'
import { expansionStrategies, kindCode } from './kind.ts'
import type { Slice } from './slice.ts'
import { isInCohort, type SpanPair } from './spans.ts'
import { strategyPartsOf } from './strategies.ts'
import { axisOf, walk } from './walk.ts'

/** What the accounts of NRR paid at the opening of a span, and what its months made of it, at the rates of the opening: they add to the closing. */
export type Contributions = {
  accounts: number
  opening: number
  /** Signed, by strategy code: of months in which the account grew or shrank. */
  strategies: number[]
  /** Signed: months in which the account went to zero, or came back from it. */
  churn: number
  reactivation: number
  /** Signed: a slice of items moved while its account stood still. */
  transfer: number
}

/** By span, in their order. NaN where a rate is missing. */
export function contributionsOf(slice: Slice, spans: readonly SpanPair[]): Contributions[] {
  const sums = spans.map(
    (): Contributions => ({
      accounts: 0,
      opening: 0,
      strategies: expansionStrategies.map(() => 0),
      churn: 0,
      reactivation: 0,
      transfer: 0,
    }),
  )
  if (spans.length === 0) return sums
  const first = Math.min(...spans.map(({ opening }) => opening))
  const axis = axisOf(slice, first, Math.max(...spans.map(({ closing }) => closing)))
  // NRR by plan is of all that is paid for the plan's product.
  const ofProduct = { ...slice, plans: slice.products }
  walk(slice, axis, (book) => {
    const parts = new Map<number, number[]>()
    spans.forEach((span, index) => {
      const [from, to] = [span.opening - axis.first, span.closing - axis.first]
      if (!isInCohort(book, from)) return
      const sum = sums[index]!
      sum.accounts += 1
      sum.opening += productAt(book, from, from)
      for (let change = 0; change < book.changes; change += 1) {
        const place = book.changed[change]!
        if (place > from && place <= to) addChange(sum, ofProduct, { book, axis, place, from, parts })
      }
    })
  })
  return sums
}

type Change = { book: Book; axis: Axis; place: number; from: number; parts: Map<number, number[]> }

function addChange(sum: Contributions, slice: Slice, { book, axis, place, from, parts }: Change): void {
  const change = productAt(book, place, from) - productAt(book, place - 1, from)
  if (change === 0) return
  const kind = book.kind[place]!
  if (kind === kindCode.CHURN) sum.churn += change
  else if (kind === kindCode.REACTIVATION || kind === kindCode.NEW) sum.reactivation += change
  else if (kind === kindCode.NONE && slice.isOfItems && !Number.isNaN(movedAt(book, place))) sum.transfer += change
  else {
    // Also a month that other rates call neither up nor down: its lines say how it came about.
    // Without exchange rates a month has the same parts in every span.
    const known = slice.exchange === null ? parts.get(place) : undefined
    const when = { month: axis.first + place, day: 0 }
    const found = known ?? strategyPartsOf(slice, book.account, when, change, axis.first + from)
    parts.set(place, found)
    found.forEach((part, code) => {
      sum.strategies[code]! += part
    })
  }
}
