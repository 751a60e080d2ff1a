import { attributeColumn, codeOn } from './attributes.ts'
import { at, dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import type { DictionaryColumn, Store } from './column-store.ts'
import { kindCode } from './kind.ts'
import { dayNumberOf, type Month, type MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { axisOf, walk } from './walk.ts'
import type { When } from './when.ts'

/** The attribute by which an account says whom it is attributed to. */
const PARTNER = 'partner'

const partnerColumn = ({ accounts }: Store): DictionaryColumn => attributeColumn(accounts, PARTNER)

/** The name of the partner that an account is attributed to on a day, counted from 1 January 1970; null where there is none. */
export function partnerOn(store: Store, account: number, day: number): string | null {
  const column = partnerColumn(store)
  return column.values[codeOn(column, account, day)] || null
}

/** Names by code; 0 is nobody. */
export const partnerNames = (store: Store): readonly string[] => partnerColumn(store).values

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
  const partners = partnerColumn(slice.store)
  const column = () => new Float64Array(partners.values.length)
  const figures: PartnerFigures = {
    seen: new Uint8Array(partners.values.length),
    accounts: column(),
    paying: column(),
    mrr: column(),
    expansion: column(),
  }
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    figures.seen[partners.codes[account]!] = 1
    for (const { code } of partners.history.get(account) ?? []) figures.seen[code] = 1
    figures.accounts[codeOn(partners, account, today)]! += 1
  }
  const axis = axisOf(slice, Math.min(month, range.start), Math.max(month, range.end - 1))
  const [now, from, to] = [month, range.start, range.end].map((one) => one - axis.first) as [number, number, number]
  walk(slice, axis, (book) => {
    const { account } = book
    const code = codeOn(partners, account, today)
    figures.mrr[code]! += at(book, book.closing, now)
    if (at(book, book.held, now) > 0) figures.paying[code]! += 1
    for (let index = 0; index < movementCount(book); index += 1) {
      const place = placeOf(book, index)
      if (place < from || place >= to || kindAt(book, index) !== kindCode.EXPANSION) continue
      const day = closeOfMovement({ month: axis.first + place, day: dayAt(book, index) })
      figures.expansion[codeOn(partners, account, day)]! += movedOf(book, index)
    }
  })
  return figures
}
