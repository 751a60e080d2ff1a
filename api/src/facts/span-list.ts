import { at, movedAt, productAt } from './book.ts'
import { grown, trimmed } from './columns.ts'
import type { OutlookLevels } from './outlook.ts'
import type { Slice } from './slice.ts'
import { isInCohort, returned, type SpanPair } from './spans.ts'
import { axisOf, walk } from './walk.ts'

/** One row per account; amounts are NaN where a rate is missing. */
export type SpanColumns = {
  account: Uint32Array
  opening: Float64Array
  closing: Float64Array
  /** Movement of the closing month, at the rates of its opening. */
  moved: Float64Array
  /** 1 where anything is paid at the opening, at the closing. */
  pays: Uint8Array
  paysAfter: Uint8Array
  /** Kind code of the closing month. */
  kind: Uint8Array
  returned: Uint8Array
}

/**
 * Opening and closing of every account of a slice between the closes of two months. COHORT: the accounts of NRR, those that
 * paid at the opening, at its rates. ALL: everyone that paid at either end, each end at its own rates.
 */
export function listSpans(slice: Slice, months: SpanPair, population: 'COHORT' | 'ALL'): SpanColumns {
  let columns = spanColumns(1024)
  let rows = 0
  const axis = axisOf(slice, months.opening, months.closing)
  const pair = { opening: months.opening - axis.first, closing: months.closing - axis.first }
  walk(slice, axis, (book) => {
    const isCohort = population === 'COHORT'
    const pays = isCohort ? isInCohort(book, pair.opening) : at(book, book.held, pair.opening) > 0
    const paysAfter = at(book, isCohort ? book.productHeld : book.held, pair.closing) > 0
    if (!pays && (isCohort || !paysAfter)) return
    if (rows === columns.account.length) columns = grown(columns)
    columns.account[rows] = book.account
    columns.opening[rows] = at(book, isCohort ? book.product : book.closing, pair.opening)
    columns.closing[rows] = isCohort
      ? productAt(book, pair.closing, pair.opening)
      : at(book, book.closing, pair.closing)
    columns.moved[rows] = movedAt(book, pair.closing)
    columns.pays[rows] = pays ? 1 : 0
    columns.paysAfter[rows] = paysAfter ? 1 : 0
    columns.kind[rows] = book.kind[pair.closing]!
    columns.returned[rows] = returned(book, pair) ? 1 : 0
    rows += 1
  })
  return trimmed(columns, rows)
}

const spanColumns = (size: number): SpanColumns => ({
  account: new Uint32Array(size),
  opening: new Float64Array(size),
  closing: new Float64Array(size),
  moved: new Float64Array(size),
  pays: new Uint8Array(size),
  paysAfter: new Uint8Array(size),
  kind: new Uint8Array(size),
  returned: new Uint8Array(size),
})

/** With a row of zeros for accounts that pay nothing at either end and have something beside MRR. */
export function withOutlook(columns: SpanColumns, beside: Pick<OutlookLevels, 'pending' | 'trial'>): SpanColumns {
  const listed = new Set(columns.account)
  const others = beside.pending.reduce<number[]>((found, amount, account) => {
    if ((amount !== 0 || beside.trial[account] !== 0) && !listed.has(account)) found.push(account)
    return found
  }, [])
  if (others.length === 0) return columns
  const all = spanColumns(columns.account.length + others.length)
  for (const name of ['account', 'opening', 'closing', 'moved', 'pays', 'paysAfter', 'kind', 'returned'] as const)
    all[name].set(columns[name])
  all.account.set(others, columns.account.length)
  return all
}
