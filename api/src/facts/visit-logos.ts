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
  walk(slice, axis, (book) => {
    const logos = logosOf(book)
    const isOpen = (place: number) => at(book, book.held, place) > 0 || (logos?.isOpenAt(place) ?? false)
    periods.forEach(({ start, end }, period) => {
      let openings = 0
      let churned = 0
      for (let place = start - axis.first; place < end - axis.first; place += 1) {
        if (isOpen(place - 1)) openings += 1
        churned += logos?.lostIn(place) ?? 0
      }
      for (let index = 0; index < movementCount(book); index += 1) {
        const month = axis.first + placeOf(book, index)
        if (month >= start && month < end && kindAt(book, index) === kindCode.CHURN && movedOf(book, index) !== 0)
          churned += 1
      }
      const isFirst = isOpen(start - 1 - axis.first)
      if (openings > 0 || churned > 0) visit(book.account, period, { openings, isFirst, churned })
    })
  })
}
