import { at, dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import type { PartnerColumns } from './column-store.ts'
import { kindCode } from './kind.ts'
import { dayNumberOf, type Month, type MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { axisOf, walk } from './walk.ts'
import type { When } from './when.ts'

/**
 * Code of the partner that an account is attributed to on a day, counted from 1 January 1970; 0 where there is none. The first thing
 * said of an account holds from the beginning.
 */
export function partnerCodeOn({ start, from, partner }: PartnerColumns, account: number, day: number): number {
  const first = start[account]!
  let row = start[account + 1]! - 1
  if (row < first) return 0
  while (row > first && from[row]! > day) row -= 1
  return partner[row]!
}

/** Its name; null where there is none. */
export const partnerOn = (partners: PartnerColumns, account: number, day: number): string | null =>
  partners.names[partnerCodeOn(partners, account, day)] || null

/** The day on which a movement is named: its own, or the last of its month. */
export const closeOfMovement = ({ month, day }: When): number =>
  day === 0 ? dayNumberOf(month + 1, 1) - 1 : dayNumberOf(month, day)

/** By code of a partner. */
export type PartnerFigures = {
  /** 1 where an account of the slice ever was attributed to it. */
  seen: Uint8Array
  /** Accounts attributed to it on a day, how many of them pay, and what they pay at the close of a month; NaN where a rate is missing. */
  accounts: Float64Array
  paying: Float64Array
  mrr: Float64Array
  /** EXPANSION movements of a range of months, of accounts that were attributed to it at the time. */
  expansion: Float64Array
}

export function partnerFigures(
  slice: Slice,
  { month, today, range }: { month: Month; today: number; range: MonthRange },
): PartnerFigures {
  const { partners } = slice.store
  const column = () => new Float64Array(partners.names.length)
  const figures: PartnerFigures = {
    seen: new Uint8Array(partners.names.length),
    accounts: column(),
    paying: column(),
    mrr: column(),
    expansion: column(),
  }
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    for (let row = partners.start[account]!; row < partners.start[account + 1]!; row += 1)
      figures.seen[partners.partner[row]!] = 1
    figures.accounts[partnerCodeOn(partners, account, today)]! += 1
  }
  const axis = axisOf(slice, Math.min(month, range.start), Math.max(month, range.end - 1))
  const [now, from, to] = [month, range.start, range.end].map((one) => one - axis.first) as [number, number, number]
  walk(slice, axis, (book) => {
    const { account } = book
    if (partners.start[account] === partners.start[account + 1]) return
    const code = partnerCodeOn(partners, account, today)
    figures.mrr[code]! += at(book, book.closing, now)
    if (at(book, book.held, now) > 0) figures.paying[code]! += 1
    for (let index = 0; index < movementCount(book); index += 1) {
      const place = placeOf(book, index)
      if (place < from || place >= to || kindAt(book, index) !== kindCode.EXPANSION) continue
      const day = closeOfMovement({ month: axis.first + place, day: dayAt(book, index) })
      figures.expansion[partnerCodeOn(partners, account, day)]! += movedOf(book, index)
    }
  })
  return figures
}
