import { dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { kindCode } from './kind.ts'
import type { MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { countedOf } from './strategies.ts'
import { axisOf, walk } from './walk.ts'

/** What accounts gained in periods by movements of a kind, summed by account; NaN where a rate is missing. */
export function visitGains(
  slice: Slice,
  periods: readonly MonthRange[],
  kind: 'NEW' | 'EXPANSION',
  visit: (account: number, period: number, gained: number) => void,
): void {
  if (periods.length === 0) return
  const axis = axisOf(
    slice,
    Math.min(...periods.map(({ start }) => start)),
    Math.max(...periods.map(({ end }) => end)) - 1,
  )
  const code = kindCode[kind]
  walk(slice, axis, (book) => {
    for (let index = 0; index < movementCount(book); index += 1) {
      const [moved, named] = [movedOf(book, index), kindAt(book, index)]
      // Without a rate nobody can say whether the account grew.
      const isUnknown = kind === 'EXPANSION' && named === kindCode.NONE && Number.isNaN(moved)
      if (moved === 0 || (named !== code && !isUnknown)) continue
      const when = { month: axis.first + placeOf(book, index), day: dayAt(book, index) }
      const isShared = kind === 'EXPANSION' && slice.strategies !== null && !Number.isNaN(moved)
      const gained = isShared ? countedOf(slice, book.account, when, moved) : moved
      periods.forEach(({ start, end }, period) => {
        if (when.month >= start && when.month < end) visit(book.account, period, gained)
      })
    }
  })
}
