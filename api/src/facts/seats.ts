import { placesOf } from './belonging.ts'
import { type Axis, seatsAt } from './book.ts'
import type { Month } from './month.ts'
import { rowInSlice, type Slice } from './slice.ts'
import { walkCloses } from './walk.ts'

/** Purchased seats at each close, by plan code. */
export function seatsByPlan(slice: Slice, axis: Axis): Float64Array[] {
  const { changes, plans } = slice.store
  const seats = plans.ids.map(() => new Float64Array(axis.length))
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    const timeline = slice.belonging?.get(account)
    const isIn = timeline && placesOf(timeline, axis, slice.store.calendar, new Uint8Array(axis.length))
    for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
      const place = changes.month[row]! - axis.first
      if (place >= axis.length || !rowInSlice(slice, row)) continue
      const [levels, change] = [seats[changes.plan[row]!]!, changes.seats[row]!]
      levels[place]! += isIn?.[place] === 0 ? 0 : change
      // What it held comes and goes with the account.
      for (let later = place + 1; isIn && later < axis.length; later += 1)
        levels[later]! += change * (isIn[later]! - isIn[later - 1]!)
    }
  }
  for (const plan of seats) for (let place = 1; place < axis.length; place += 1) plan[place]! += plan[place - 1]!
  return seats
}

/** Seats reported in each month: the last report of each account. Null where no account reported. */
export type ReportedSeats = { assigned: (number | null)[]; active: (number | null)[] }

/** Reports are by account, so a slice of items has none. */
export function reportedSeats(slice: Slice, from: Month, to: Month): ReportedSeats {
  const empty = () => Array.from({ length: Math.max(to - from + 1, 0) }, (): number | null => null)
  const result = { assigned: empty(), active: empty() }
  if (slice.isOfItems) return result
  const { start, month, assigned, active } = slice.store.usage
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    addLast(result.assigned, from, start[account]!, start[account + 1]!, month, assigned)
    addLast(result.active, from, start[account]!, start[account + 1]!, month, active)
  }
  return result
}

function addLast(
  sums: (number | null)[],
  from: Month,
  first: number,
  end: number,
  month: Uint16Array,
  seats: Int32Array,
) {
  let last = -1
  for (let row = first; row < end; row += 1) {
    if (seats[row]! >= 0) last = seats[row]!
    if (row + 1 < end && month[row + 1] === month[row]) continue
    const place = month[row]! - from
    if (last >= 0 && place >= 0 && place < sums.length) sums[place] = (sums[place] ?? 0) + last
    last = -1
  }
}

/** Seats that each account has bought at the closes of months, none left out that has some. */
export function visitSeats(
  slice: Slice,
  closes: readonly Month[],
  visit: (account: number, close: number, seats: number) => void,
): void {
  walkCloses(slice, closes, (book, places) => {
    places.forEach((place, close) => {
      const seats = seatsAt(book, place)
      if (seats > 0) visit(book.account, close, seats)
    })
  })
}

/** What an account reported last in a month; -1 where it reported nothing. A slice of items has no reports. */
export function reportedBy(slice: Slice, account: number, at: Month): { assigned: number; active: number } {
  const last = { assigned: -1, active: -1 }
  if (slice.isOfItems) return last
  const { start, month, assigned, active } = slice.store.usage
  for (let row = start[account]!; row < start[account + 1]!; row += 1) {
    if (month[row] !== at) continue
    if (assigned[row]! >= 0) last.assigned = assigned[row]!
    if (active[row]! >= 0) last.active = active[row]!
  }
  return last
}
