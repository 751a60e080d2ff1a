import { classify } from './book.ts'
import type { ChangeColumns } from './column-store.ts'
import { kindCode } from './kind.ts'

/**
 * What each change point is a part of, of accounts that hold one currency: the kind code of its account's movement in its month, with `LAST` at the
 * last one of a movement. A return is a REACTIVATION here, however long it took.
 */
export type Marks = {
  marks: Uint8Array
  /** 1 for accounts whose balance goes below zero at some close: their change points do not add up to what they pay. Null without any. */
  uneven: Uint8Array | null
}

export const LAST = 0x80
/** The kind code of a mark. */
export const KIND = 0x7

/** Columns never change. */
const known = new WeakMap<ChangeColumns, Marks>()

/** Worked out once for the columns of a version: one pass and a byte a change point. */
export function marksOf(changes: ChangeColumns): Marks {
  const marked = known.get(changes) ?? mark(changes)
  known.set(changes, marked)
  return marked
}

function mark({ start, month, amount }: ChangeColumns): Marks {
  const accounts = start.length - 1
  const marks = new Uint8Array(month.length)
  const below = new Uint8Array(accounts)
  let isAnyBelow = false
  for (let account = 0; account < accounts; account += 1) {
    const end = start[account + 1]!
    let [sum, before, paidBefore] = [0, 0, false]
    for (let row = start[account]!; row < end; ) {
      const first = row
      const place = month[row]!
      for (; row < end && month[row] === place; row += 1) sum += amount[row]!
      if (sum < 0) {
        below[account] = 1
        isAnyBelow = true
      }
      const current = Math.max(sum, 0)
      const code = classify(before, current, paidBefore)
      if (code !== kindCode.NONE) {
        marks.fill(code, first, row)
        marks[row - 1]! |= LAST
      }
      if (current > 0) paidBefore = true
      before = current
    }
  }
  return { marks, uneven: isAnyBelow ? below : null }
}
