import { Growable } from './growable.ts'
import type { Slice } from './slice.ts'
import { returned, type SpanPair, spanOpening } from './spans.ts'
import { at, axisOf, walk } from './walk.ts'

/** One row per account. */
export type SpanColumns = {
  account: Uint32Array
  opening: Float64Array
  closing: Float64Array
  /** Kind code of the closing month. */
  kind: Uint8Array
  returned: Uint8Array
}

/**
 * Opening and closing of every account of a slice between the closes of two months. COHORT: the accounts of NRR, those that
 * paid at the opening. ALL: everyone that paid at either end.
 */
export function listSpans(slice: Slice, months: SpanPair, population: 'COHORT' | 'ALL'): SpanColumns {
  const account = new Growable((size) => new Uint32Array(size))
  const opening = new Growable((size) => new Float64Array(size))
  const closing = new Growable((size) => new Float64Array(size))
  const kind = new Growable((size) => new Uint8Array(size))
  const back = new Growable((size) => new Uint8Array(size))
  const axis = axisOf(slice, months.opening, months.closing)
  const pair = { opening: months.opening - axis.first, closing: months.closing - axis.first }
  walk(slice, axis, (book) => {
    const isCohort = population === 'COHORT'
    const before = isCohort ? spanOpening(book, pair.opening) : at(book, book.closing, pair.opening)
    const after = at(book, isCohort ? book.product : book.closing, pair.closing)
    if (before === 0 && (isCohort || after === 0)) return
    account.push(book.account)
    opening.push(before)
    closing.push(after)
    kind.push(book.kind[pair.closing]!)
    back.push(returned(book, pair) ? 1 : 0)
  })
  return {
    account: account.view(),
    opening: opening.view(),
    closing: closing.view(),
    kind: kind.view(),
    returned: back.view(),
  }
}
