import { type Axis, type Book, movedAt, productAt } from './book.ts'
import { expansionStrategies, kindCode } from './kind.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'
import { isInCohort, type SpanPair } from './spans.ts'
import { monthPartsReader, strategyPartsOf } from './strategies.ts'
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
  const places = spans.map(({ opening, closing }) => ({ from: opening - axis.first, to: closing - axis.first }))
  const read = monthPartsReader(ofProduct)
  const partsOf: PartsOf = (account, month, change, ratesOf) =>
    slice.exchange === null
      ? read(account, month, change)
      : strategyPartsOf(ofProduct, account, { month, day: 0 }, change, ratesOf)
  const belongs = new Uint8Array(places.length)
  walk(slice, axis, (book) => {
    for (let index = 0; index < places.length; index += 1) {
      const { from } = places[index]!
      belongs[index] = isInCohort(book, from) ? 1 : 0
      if (belongs[index] === 0) continue
      sums[index]!.accounts += 1
      sums[index]!.opening += productAt(book, from, from)
    }
    if (belongs.includes(1))
      for (let change = 0; change < book.changes; change += 1)
        addChange(sums, slice, { book, axis, place: book.changed[change]!, places, belongs, partsOf })
  })
  return sums
}

type PartsOf = (account: number, month: Month, change: number, ratesOf: Month) => ArrayLike<number>
type Change = {
  book: Book
  axis: Axis
  place: number
  places: readonly { from: number; to: number }[]
  /** 1 at each span whose cohort the account is in. */
  belongs: Uint8Array
  partsOf: PartsOf
}

/** Adds a month in which anything changed to every span that it lies in. Without exchange rates it is the same in all of them. */
function addChange(
  sums: readonly Contributions[],
  slice: Slice,
  { book, axis, place, places, belongs, partsOf }: Change,
): void {
  const kind = book.kind[place]!
  const isPlain = slice.exchange === null
  const plain = isPlain ? productAt(book, place, place) - productAt(book, place - 1, place) : 0
  if (isPlain && plain === 0) return
  let known: ArrayLike<number> | null = null
  for (let index = 0; index < places.length; index += 1) {
    const { from, to } = places[index]!
    if (belongs[index] === 0 || place <= from || place > to) continue
    const sum = sums[index]!
    const change = isPlain ? plain : productAt(book, place, from) - productAt(book, place - 1, from)
    if (change === 0) continue
    if (kind === kindCode.CHURN) sum.churn += change
    else if (kind === kindCode.REACTIVATION || kind === kindCode.NEW) sum.reactivation += change
    else if (kind === kindCode.NONE && slice.isOfItems && !Number.isNaN(movedAt(book, place))) sum.transfer += change
    else {
      // Also a month that other rates call neither up nor down: its lines say how it came about.
      if (known === null || !isPlain) known = partsOf(book.account, axis.first + place, change, axis.first + from)
      for (let code = 0; code < known.length; code += 1) sum.strategies[code]! += known[code]!
    }
  }
}
