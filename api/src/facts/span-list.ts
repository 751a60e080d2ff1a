import { at, type Book, dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { grown, trimmed } from './columns.ts'
import { kindCode } from './kind.ts'
import { logoReader } from './logos.ts'
import type { OutlookLevels } from './outlook.ts'
import type { Slice } from './slice.ts'
import { closingOf, firstHeld, isInCohort, lowestOf, returned, type SpanPair } from './spans.ts'
import { countedOf } from './strategies.ts'
import { axisOf, walk } from './walk.ts'

/** One row per account; amounts are NaN where a rate is missing. */
export type SpanColumns = {
  account: Uint32Array
  opening: Float64Array
  closing: Float64Array
  /** What the movements of the closing month came to by kind, at the rates of its opening; all positive, save in a slice of items. */
  expansion: Float64Array
  contraction: Float64Array
  churn: Float64Array
  /** Logos lost in the closing month. */
  churned: Uint8Array
  /** 1 where anything is paid at the opening, at the closing. */
  pays: Uint8Array
  paysAfter: Uint8Array
  /** 1 where it is open at the opening, paying or not. */
  open: Uint8Array
  returned: Uint8Array
  /** The least paid at a close of the span, at the rates of the opening. */
  lowest: Float64Array
  /** 1 where anything was paid at the opening or before. */
  established: Uint8Array
}

/**
 * Opening and closing of every account of a slice between the closes of two months. COHORT: the accounts of NRR, those that
 * paid at the opening, at its rates unless the view says otherwise. ALL: everyone that paid at either end or moved in the closing
 * month, each end at its own rates.
 */
export function listSpans(slice: Slice, months: SpanPair, population: 'COHORT' | 'ALL'): SpanColumns {
  let columns = spanColumns(1024)
  let rows = 0
  const axis = axisOf(slice, months.opening, months.closing)
  const pair = { opening: months.opening - axis.first, closing: months.closing - axis.first }
  const logosOf = logoReader(slice, axis)
  walk(slice, axis, (book) => {
    const isCohort = population === 'COHORT'
    const pays = isCohort ? isInCohort(book, pair.opening) : at(book, book.held, pair.opening) > 0
    const paysAfter = at(book, isCohort ? book.productHeld : book.held, pair.closing) > 0
    const logos = isCohort ? null : logosOf(book)
    const isOpen = pays || logos?.isOpenAt(pair.opening) === true
    const lost = logos?.lostIn(pair.closing) ?? 0
    if (!isOpen && (isCohort || !(paysAfter || lost !== 0 || movesIn(book, pair.closing)))) return
    if (rows === columns.account.length) columns = grown(columns)
    columns.account[rows] = book.account
    columns.opening[rows] = at(book, isCohort ? book.product : book.closing, pair.opening)
    columns.closing[rows] = isCohort
      ? closingOf(book, pair, slice.view.retentionCurrency)
      : at(book, book.closing, pair.closing)
    addMovements(columns, rows, book, pair.closing, (day, moved) =>
      countedOf(slice, book.account, { month: months.closing, day }, moved),
    )
    columns.churned[rows]! += lost
    columns.open[rows] = isOpen ? 1 : 0
    columns.pays[rows] = pays ? 1 : 0
    columns.paysAfter[rows] = paysAfter ? 1 : 0
    columns.returned[rows] = returned(book, pair) ? 1 : 0
    columns.lowest[rows] = lowestOf(book, pair)
    columns.established[rows] = firstHeld(book) <= pair.opening ? 1 : 0
    rows += 1
  })
  return trimmed(columns, rows)
}

/** Where days are netted an account may come and go within a month. */
function movesIn(book: Book, place: number): boolean {
  if (book.days !== null)
    for (let index = 0; index < book.days.length; index += 1) if (book.days.place[index] === place) return true
  return false
}

function addMovements(
  columns: SpanColumns,
  row: number,
  book: Book,
  place: number,
  counted: (day: number, moved: number) => number,
): void {
  for (let index = 0; index < movementCount(book); index += 1) {
    const moved = movedOf(book, index)
    if (placeOf(book, index) !== place || moved === 0) continue
    const [kind, day] = [kindAt(book, index), dayAt(book, index)]
    if (kind === kindCode.EXPANSION) columns.expansion[row]! += counted(day, moved)
    else if (kind === kindCode.CONTRACTION) columns.contraction[row]! -= counted(day, moved)
    else if (kind === kindCode.CHURN) {
      columns.churn[row]! -= moved
      columns.churned[row]! += 1
    }
  }
}

const spanColumns = (size: number): SpanColumns => ({
  account: new Uint32Array(size),
  opening: new Float64Array(size),
  closing: new Float64Array(size),
  expansion: new Float64Array(size),
  contraction: new Float64Array(size),
  churn: new Float64Array(size),
  churned: new Uint8Array(size),
  pays: new Uint8Array(size),
  paysAfter: new Uint8Array(size),
  open: new Uint8Array(size),
  returned: new Uint8Array(size),
  lowest: new Float64Array(size),
  established: new Uint8Array(size),
})

const spanNames = Object.keys(spanColumns(0)) as (keyof SpanColumns)[] // its own keys

/** Several spans of the same accounts as one row each: amounts are added, marks are kept, movements are the first list's. */
export function addSpans(lists: readonly SpanColumns[]): SpanColumns {
  const [first, ...others] = lists
  if (!first || others.length === 0) return first ?? spanColumns(0)
  const accounts = [...new Set(lists.flatMap(({ account }) => [...account]))].sort((a, b) => a - b)
  const rowOf = new Map(accounts.map((account, row) => [account, row]))
  const added = spanColumns(accounts.length)
  added.account.set(accounts)
  for (const list of lists) {
    for (let place = 0; place < list.account.length; place += 1) {
      const row = rowOf.get(list.account[place]!)!
      for (const name of ['opening', 'closing', 'lowest'] as const) added[name][row]! += list[name][place]!
      for (const name of ['pays', 'paysAfter', 'open', 'returned', 'established'] as const)
        added[name][row]! |= list[name][place]!
    }
  }
  for (let place = 0; place < first.account.length; place += 1) {
    const row = rowOf.get(first.account[place]!)!
    for (const name of ['expansion', 'contraction', 'churn', 'churned'] as const) added[name][row] = first[name][place]!
  }
  return added
}

/** With a row of zeros for accounts that pay nothing at either end and have something beside MRR. */
export function withOutlook(columns: SpanColumns, beside: Pick<OutlookLevels, 'pending' | 'trial'>): SpanColumns {
  const listed = new Set(columns.account)
  const others = beside.pending.reduce<number[]>((found, amount, account) => {
    if ((amount !== 0 || beside.trial[account] !== 0) && !listed.has(account)) found.push(account)
    return found
  }, [])
  if (others.length === 0) return columns
  const all = spanColumns(columns.account.length + others.length)
  for (const name of spanNames) all[name].set(columns[name])
  all.account.set(others, columns.account.length)
  return all
}
