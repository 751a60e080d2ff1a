import { at, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { kindCode } from './kind.ts'
import { logoReader } from './logos.ts'
import type { MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { axisOf, walk } from './walk.ts'

/** An account in a period: at how many of its months its logo was open at the opening, at the first one, and how often it was lost. */
export type Logo = { openings: number; isFirst: boolean; churned: number }

/** Every account whose logo was open at an opening of a period or lost in it. */
export function visitLogos(
  slice: Slice,
  periods: readonly MonthRange[],
  visit: (account: number, period: number, logo: Logo) => void,
): void {
  if (periods.length === 0) return
  const from = Math.min(...periods.map(({ start }) => start)) - 1
  const axis = axisOf(slice, from, Math.max(...periods.map(({ end }) => end)) - 1)
  const logosOf = logoReader(slice, axis)
  // What lies before each place, so that a period is a difference of two.
  const opened = new Float64Array(axis.length + 1)
  const lost = new Float64Array(axis.length + 1)
  walk(slice, axis, (book) => {
    const logos = logosOf(book)
    lost.fill(0)
    for (let index = 0; index < movementCount(book); index += 1)
      if (kindAt(book, index) === kindCode.CHURN && movedOf(book, index) !== 0) lost[placeOf(book, index) + 1]! += 1
    for (let place = 0; place < axis.length; place += 1) {
      const isOpen = at(book, book.held, place) > 0 || (logos?.isOpenAt(place) ?? false)
      opened[place + 1] = opened[place]! + (isOpen ? 1 : 0)
      lost[place + 1]! += lost[place]! + (logos?.lostIn(place) ?? 0)
    }
    for (let period = 0; period < periods.length; period += 1) {
      const first = periods[period]!.start - axis.first
      const end = periods[period]!.end - axis.first
      const openings = opened[end - 1]! - opened[first - 1]!
      const churned = lost[end]! - lost[first]!
      const isFirst = opened[first]! > opened[first - 1]!
      if (openings > 0 || churned > 0) visit(book.account, period, { openings, isFirst, churned })
    }
  })
}
