import { type Belonging, placesOf } from './belonging.ts'
import { type Axis, seatsAt } from './book.ts'
import type { Month } from './month.ts'
import { rowInSlice, type Slice } from './slice.ts'
import { walkCloses } from './walk.ts'

/** Purchased seats at each close, by plan code. */
export function seatsByPlan(slice: Slice, axis: Axis): Float64Array[] {
  const { length } = axis
  const changes = new Float64Array(slice.store.plans.ids.length * length)
  if (slice.belonging === null) addSeats(changes, slice, axis)
  else addSeatsThen(changes, slice, slice.belonging, axis)
  return slice.store.plans.ids.map((_, plan) => {
    const seats = changes.subarray(plan * length, (plan + 1) * length)
    for (let place = 1; place < length; place += 1) seats[place]! += seats[place - 1]!
    return seats
  })
}

function addSeats(sums: Float64Array, slice: Slice, { first, length }: Axis): void {
  const { start, month, plan, seats } = slice.store.changes
  const isWhole = slice.regions === null && slice.plans === null && slice.currencies === null
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    const end = start[account + 1]!
    for (let row = start[account]!; row < end; row += 1) {
      const place = month[row]! - first
      if (place >= length) break
      if (isWhole || rowInSlice(slice, row)) sums[plan[row]! * length + place]! += seats[row]!
    }
  }
}

/** Of accounts that belong at times: what one holds comes and goes with it. */
function addSeatsThen(sums: Float64Array, slice: Slice, belonging: Belonging, axis: Axis): void {
  const { start, month, plan, seats } = slice.store.changes
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    const timeline = belonging.get(account)
    const isIn = timeline && placesOf(timeline, axis, slice.store.calendar, new Uint8Array(axis.length))
    for (let row = start[account]!; row < start[account + 1]!; row += 1) {
      const place = month[row]! - axis.first
      if (place >= axis.length || !rowInSlice(slice, row)) continue
      const at = plan[row]! * axis.length
      sums[at + place]! += isIn?.[place] === 0 ? 0 : seats[row]!
      for (let later = place + 1; isIn && later < axis.length; later += 1)
        sums[at + later]! += seats[row]! * (isIn[later]! - isIn[later - 1]!)
    }
  }
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
