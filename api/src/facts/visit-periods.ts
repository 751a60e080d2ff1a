import { kindCode } from './kind.ts'
import { KIND, LAST, marksOf } from './marks.ts'
import type { MonthRange } from './month.ts'
import { kindsOf } from './rows.ts'
import type { Slice } from './slice.ts'

/** An account between the closes before and at the end of a period. */
export type PeriodOfAccount = {
  account: number
  opening: number
  closing: number
  seatsBefore: number
  seatsAfter: number
  /** By kind code, signed. */
  moved: Float64Array
}

/** Every account of a slice of rows that paid at some close of a period or before it. The object is used again: read it during the visit. */
export function visitPeriods(
  { store, accounts, view }: Slice,
  { start: from, end: until }: MonthRange,
  visit: (one: PeriodOfAccount) => void,
): void {
  const { start, month, amount, seats } = store.changes
  const { marks } = marksOf(store.changes)
  const kinds = kindsOf(view)
  const moved = new Float64Array(Object.keys(kindCode).length)
  const one: PeriodOfAccount = { account: 0, opening: 0, closing: 0, seatsBefore: 0, seatsAfter: 0, moved }
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    const end = start[account + 1]!
    let row = start[account]!
    let [level, seatCount] = [0, 0]
    for (; row < end && month[row]! < from; row += 1) {
      level += amount[row]!
      seatCount += seats[row]!
    }
    one.opening = level
    one.seatsBefore = seatCount
    let hasMoved = false
    moved.fill(0)
    for (; row < end && month[row]! < until; row += 1) {
      const mark = marks[row]!
      moved[kinds[mark & KIND]!]! += amount[row]!
      level += amount[row]!
      seatCount += seats[row]!
      if (mark >= LAST) hasMoved = true
    }
    if (one.opening === 0 && !hasMoved) continue
    one.account = account
    one.closing = level
    one.seatsAfter = seatCount
    visit(one)
  }
}
