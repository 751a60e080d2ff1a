import { type Axis, dayAt, fxAt, kindAt, movedOf, movementCount, openingOf, placeOf } from './book.ts'
import { grown, trimmed } from './columns.ts'
import { kindCode } from './kind.ts'
import type { MonthRange } from './month.ts'
import { rowInSlice, type Slice } from './slice.ts'
import { strategyPartsOf } from './strategies.ts'
import { walk } from './walk.ts'
import { isOf, type When } from './when.ts'

/** Which movements: codes are marked with 1. */
export type MovementFilter = {
  range: MonthRange
  /** By kind code; null is all of them. */
  kinds: Uint8Array | null
  /** By strategy code: at least one part of a marked one. */
  strategies: Uint8Array | null
}

/** One row per movement, by account, then time, those that rates made after the others. NaN where a rate is missing. */
export type MovementColumns = {
  account: Uint32Array
  month: Uint16Array
  /** Of the month, where days are netted; 0 for a whole month's. */
  day: Uint8Array
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
  const isIn = (place: number) => place >= from && place < to
  const add = (account: number, place: number, day: number, kind: number, opening: number, change: number) => {
    if (rows === columns.account.length) columns = grown(columns)
    columns.account[rows] = account
    columns.month[rows] = axis.first + place
    columns.day[rows] = day
    columns.kind[rows] = kind
    columns.opening[rows] = opening
    columns.closing[rows] = opening + change
    rows += 1
  }
  walk(slice, axis, (book) => {
    for (let index = 0; index < movementCount(book); index += 1) {
      const place = placeOf(book, index)
      if (!isIn(place)) continue
      const code = kindAt(book, index)
      const moved = movedOf(book, index)
      const isUnknown = code === kindCode.NONE && Number.isNaN(moved)
      const isWanted = isUnknown
        ? wants(kindCode.EXPANSION) || wants(kindCode.CONTRACTION)
        : code !== kindCode.NONE && wants(code)
      if (moved === 0 || !isWanted) continue
      const when = { month: axis.first + place, day: dayAt(book, index) }
      if (isUnknown || !filter.strategies || hasStrategy(slice, book.account, when, code, moved, filter.strategies))
        add(book.account, place, when.day, code, openingOf(book, index), moved)
    }
    if (book.exchange === null || filter.strategies || !wants(kindCode.FX)) return
    for (let index = 0; index < book.changes; index += 1) {
      const place = book.changed[index]!
      const fx = fxAt(book, place)
      if (isIn(place) && fx !== 0) add(book.account, place, 0, kindCode.FX, book.closing[place]! - fx, fx)
    }
  })
  return trimmed(columns, rows)
}

const movementColumns = (size: number): MovementColumns => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  day: new Uint8Array(size),
  kind: new Uint8Array(size),
  opening: new Float64Array(size),
  closing: new Float64Array(size),
})

function hasStrategy(
  slice: Slice,
  account: number,
  when: When,
  kind: number,
  change: number,
  wanted: Uint8Array,
): boolean {
  if (!carriesStrategy(kind)) return false
  return strategyPartsOf(slice, account, when, change).some((part, code) => part !== 0 && wanted[code] === 1)
}

/** NEW, REACTIVATION and CHURN carry no strategy. */
export function carriesStrategy(kind: number): boolean {
  return kind === kindCode.EXPANSION || kind === kindCode.CONTRACTION
}

/** Seats that the slice's items gained with a movement. */
export function seatsChangeOf(slice: Slice, account: number, when: When): number {
  const { changes } = slice.store
  let seats = 0
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    if (isOf(changes, row, when) && rowInSlice(slice, row)) seats += changes.seats[row]!
  }
  return seats
}
