import { type Axis, at, fxAt, kindCode, movedAt } from './book.ts'
import { grown, trimmed } from './columns.ts'
import type { MonthRange } from './month.ts'
import { rowInSlice, type Slice } from './slice.ts'
import { strategyPartsOf } from './strategies.ts'
import { walk } from './walk.ts'

/** Which movements: codes are marked with 1. */
export type MovementFilter = {
  range: MonthRange
  /** By kind code; null is all of them. */
  kinds: Uint8Array | null
  /** By strategy code: at least one part of a marked one. */
  strategies: Uint8Array | null
}

/** One row per movement, by account, then month; one of rates comes after the other of its month. NaN where a rate is missing. */
export type MovementColumns = {
  account: Uint32Array
  month: Uint16Array
  kind: Uint8Array
  opening: Float64Array
  closing: Float64Array
}

/** One pass that lists the movements of a slice. In a slice of items, months in which only other items moved are left out. */
export function listMovements(slice: Slice, axis: Axis, filter: MovementFilter): MovementColumns {
  let columns: MovementColumns = movementColumns(1024)
  let rows = 0
  const from = filter.range.start - axis.first
  const to = Math.min(filter.range.end - axis.first, axis.length)
  const wants = (code: number) => filter.kinds === null || filter.kinds[code] === 1
  const add = (account: number, place: number, kind: number, opening: number, change: number) => {
    if (rows === columns.account.length) columns = grown(columns)
    columns.account[rows] = account
    columns.month[rows] = axis.first + place
    columns.kind[rows] = kind
    columns.opening[rows] = opening
    columns.closing[rows] = opening + change
    rows += 1
  }
  walk(slice, axis, (book) => {
    for (let index = 0; index < book.changes; index += 1) {
      const place = book.changed[index]!
      if (place < from || place >= to) continue
      const code = book.kind[place]!
      const moved = movedAt(book, place)
      const isUnknown = code === kindCode.NONE && Number.isNaN(moved)
      const isWanted = isUnknown
        ? wants(kindCode.EXPANSION) || wants(kindCode.CONTRACTION)
        : code !== kindCode.NONE && wants(code)
      if (moved !== 0 && isWanted) {
        const month = axis.first + place
        if (isUnknown || !filter.strategies || hasStrategy(slice, book.account, month, code, moved, filter.strategies))
          add(book.account, place, code, at(book, book.closing, place - 1), moved)
      }
      const fx = fxAt(book, place)
      if (fx !== 0 && !filter.strategies && wants(kindCode.FX))
        add(book.account, place, kindCode.FX, book.closing[place]! - fx, fx)
    }
  })
  return trimmed(columns, rows)
}

const movementColumns = (size: number): MovementColumns => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  kind: new Uint8Array(size),
  opening: new Float64Array(size),
  closing: new Float64Array(size),
})

function hasStrategy(
  slice: Slice,
  account: number,
  month: number,
  kind: number,
  change: number,
  wanted: Uint8Array,
): boolean {
  if (!carriesStrategy(kind)) return false
  return strategyPartsOf(slice, account, month, change).some((part, code) => part !== 0 && wanted[code] === 1)
}

/** NEW, REACTIVATION and CHURN carry no strategy. */
export function carriesStrategy(kind: number): boolean {
  return kind === kindCode.EXPANSION || kind === kindCode.CONTRACTION
}

/** Seats that the slice's items gained in an account-month. */
export function seatsChangeOf(slice: Slice, account: number, month: number): number {
  const { changes } = slice.store
  let seats = 0
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    if (changes.month[row] === month && rowInSlice(slice, row)) seats += changes.seats[row]!
  }
  return seats
}
