import { type Book, seatsAt } from './book.ts'
import type { Month } from './month.ts'
import { observedCode } from './observed.ts'
import type { Slice } from './slice.ts'
import { walkCloses } from './walk.ts'

/** Seats are limited by this name: what is used of it are the purchased seats. */
export const SEATS = 'seats'

/** How much of one limit an account used in a month. */
export type Capacity = { account: number /** Place in `observedNames`. */; name: number; limit: number; used: number }

/**
 * By month, every limit that is in force at its close and of which the use is known. A limit that children told of adds to that of
 * their parent. A slice of items has none: limits and use are by account.
 */
export function visitCapacity(
  slice: Slice,
  months: readonly Month[],
  visit: (capacity: Capacity, month: number) => void,
): void {
  if (slice.isOfItems) return
  const { observed, observedNames } = slice.store
  const limited = limitedAccounts(slice)
  const seatsOf = seatReader({ ...slice, accounts: limited }, months)
  for (let account = 0; account < limited.length; account += 1) {
    if (limited[account] === 0) continue
    months.forEach((month, place) => {
      const limits = new Map<string, { name: number; limit: number }>()
      const used = new Map<number, number>()
      for (let row = observed.start[account]!; row < observed.start[account + 1]!; row += 1) {
        const name = observed.name[row]!
        if (observed.kind[row] === observedCode.LIMIT && observed.month[row]! <= month)
          limits.set(`${observed.teller[row]} ${name}`, { name, limit: observed.amount[row]! })
        if (observed.kind[row] === observedCode.USE && observed.month[row] === month)
          used.set(name, (used.get(name) ?? 0) + observed.amount[row]!)
      }
      const byName = new Map<number, number>()
      for (const { name, limit } of limits.values()) byName.set(name, (byName.get(name) ?? 0) + limit)
      for (const [name, limit] of byName) {
        const known = observedNames[name] === SEATS ? seatsOf(account, place) : used.get(name)
        if (limit > 0 && known !== undefined) visit({ account, name, limit, used: known }, place)
      }
    })
  }
}

/** 1 where an account of the slice was ever told a limit: few are, and only they are looked at. */
function limitedAccounts({ accounts, store: { observed } }: Slice): Uint8Array {
  const limited = new Uint8Array(accounts.length)
  for (let account = 0; account < accounts.length; account += 1)
    for (let row = observed.start[account]!; accounts[account] === 1 && row < observed.start[account + 1]!; row += 1)
      if (observed.kind[row] === observedCode.LIMIT) limited[account] = 1
  return limited
}

/** Purchased seats at closes, by account; undefined where the account holds none. */
function seatReader(slice: Slice, months: readonly Month[]): (account: number, place: number) => number | undefined {
  const seats = new Map<number, number[]>()
  if (slice.accounts.includes(1))
    walkCloses(slice, months, (book: Book, places) => {
      seats.set(
        book.account,
        places.map((place) => seatsAt(book, place)),
      )
    })
  return (account, place) => seats.get(account)?.[place] || undefined
}

/** At or above this share of a limit, in hundredths, an account is near it. */
const NEAR = 80
/** Of the last three months so many have to be near. */
const OF_LAST_THREE = 2

const isNear = ({ used, limit }: Pick<Capacity, 'used' | 'limit'>): boolean => used * 100 >= limit * NEAR

/** By account and name, whether it is near the limit of which its use is known. */
type Readiness = Map<number, Map<number, boolean>>

/**
 * For each last month: accounts with a limit whose use is known in it, and by name whether they are ready for more: near it in two of
 * the three months that end with it.
 */
export function readiness(slice: Slice, lasts: readonly Month[]): Readiness[] {
  const months = [...new Set(lasts.flatMap((last) => [last - 2, last - 1, last]))].sort((a, b) => a - b)
  const byLimit = new Map<string, { account: number; name: number; near: Map<Month, boolean> }>()
  visitCapacity(slice, months, (capacity, place) => {
    const { account, name } = capacity
    const key = `${account} ${name}`
    const known = byLimit.get(key) ?? { account, name, near: new Map() }
    known.near.set(months[place]!, isNear(capacity))
    byLimit.set(key, known)
  })
  return lasts.map((last) => {
    const found: Readiness = new Map()
    for (const { account, name, near } of byLimit.values()) {
      if (!near.has(last)) continue
      const count = [last - 2, last - 1, last].filter((month) => near.get(month)).length
      const byName = found.get(account) ?? new Map<number, boolean>()
      found.set(account, byName.set(name, count >= OF_LAST_THREE))
    }
    return found
  })
}
