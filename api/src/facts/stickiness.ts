import { at, dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { inUse } from './in-use.ts'
import { kindCode } from './kind.ts'
import type { MonthRange } from './month.ts'
import { observedCode } from './observed.ts'
import type { Slice } from './slice.ts'
import { countedOf } from './strategies.ts'
import { axisOf, walk } from './walk.ts'

/** Account-months by how many an account had in use at the opening, and what became of them; amounts are NaN where a rate is missing. */
export type Group = {
  openings: number
  churned: number
  expanded: number
  openingMrr: number
  churnedMrr: number
  expansionMrr: number
}

/** So many and more are one group. */
const MOST = 5

/** Groups of 0, 1, … and `MOST` or more; null where nothing of the kind was ever told of anyone in the slice. */
export function groupsByUse(slice: Slice, { start, end }: MonthRange, kind: 'FEATURE' | 'INTEGRATION'): Group[] | null {
  if (!isTold(slice, kind)) return null
  const groups = Array.from(
    { length: MOST + 1 },
    (): Group => ({
      openings: 0,
      churned: 0,
      expanded: 0,
      openingMrr: 0,
      churnedMrr: 0,
      expansionMrr: 0,
    }),
  )
  const axis = axisOf(slice, start - 1, end - 1)
  walk(slice, axis, (book) => {
    const groupOf = (month: number) => {
      const used = inUse(slice, book.account, kind, month - 1)
      return groups[Math.min(used?.size ?? 0, MOST)]!
    }
    for (let month = start; month < end; month += 1) {
      const place = month - 1 - axis.first
      if (at(book, book.held, place) === 0) continue
      const group = groupOf(month)
      group.openings += 1
      group.openingMrr += at(book, book.closing, place)
    }
    for (let index = 0; index < movementCount(book); index += 1) {
      const month = axis.first + placeOf(book, index)
      const [code, moved] = [kindAt(book, index), movedOf(book, index)]
      if (month < start || month >= end || moved === 0) continue
      const group = groupOf(month)
      if (code === kindCode.CHURN) {
        group.churned += 1
        group.churnedMrr -= moved
      } else if (code === kindCode.EXPANSION) {
        const day = dayAt(book, index)
        group.expanded += 1
        group.expansionMrr += Number.isNaN(moved) ? moved : countedOf(slice, book.account, { month, day }, moved)
      } else if (code === kindCode.NONE && Number.isNaN(moved)) group.expansionMrr = Number.NaN
    }
  })
  return groups
}

function isTold({ store: { observed }, accounts }: Slice, kind: 'FEATURE' | 'INTEGRATION'): boolean {
  for (let account = 0; account < accounts.length; account += 1)
    for (let row = observed.start[account]!; accounts[account] === 1 && row < observed.start[account + 1]!; row += 1)
      if (observed.kind[row] === observedCode[kind]) return true
  return false
}
