import type { FactView } from './fact-view.ts'
import type { Flows } from './flows.ts'
import { kindCode } from './kind.ts'
import { KIND, marksOf } from './marks.ts'
import type { Slice } from './slice.ts'
import type { StrategySums } from './strategies.ts'

/**
 * Whether sums over accounts can be read from change points alone, without their closings: of whole accounts in one currency, by month, with
 * returns of one name. Most questions of a dashboard are of such a slice, and a pass over rows takes a fifth of one over books.
 */
export function isOfRows({ exchange, belonging, regions, plans, currencies, view }: Slice): boolean {
  const isWhole = regions === null && plans === null && currencies === null
  return isWhole && exchange === null && belonging === null && hasOneReturn(view)
}

const hasOneReturn = ({ netting, reactivationWindow }: FactView): boolean =>
  netting === 'MONTH' && reactivationWindow === null

/** A slice parted: accounts whose change points say all, and those that need their books; null without such. */
export type Parted = { even: Slice; rest: Slice | null }

/** Accounts that are open without paying have logos, which only books tell. */
export function parted(slice: Slice, needsBook?: (account: number) => boolean): Parted {
  const { uneven } = marksOf(slice.store.changes)
  if (uneven === null && needsBook === undefined) return { even: slice, rest: null }
  const even = slice.accounts.slice()
  const rest = new Uint8Array(even.length)
  for (let account = 0; account < even.length; account += 1) {
    if (even[account] === 0 || !(uneven?.[account] === 1 || needsBook?.(account))) continue
    even[account] = 0
    rest[account] = 1
  }
  return { even: { ...slice, accounts: even }, rest: rest.includes(1) ? { ...slice, accounts: rest } : null }
}

/** Kind codes by mark, as a view names returns. */
export function kindsOf({ reactivation }: FactView): Uint8Array {
  return Uint8Array.from({ length: KIND + 1 }, (_, code) =>
    code === kindCode.REACTIVATION ? kindCode[reactivation] : code,
  )
}

/** Adds the accounts of a slice to flows, as `addFlows` does with their books. */
export function addRows(flows: Flows, { store, accounts, view }: Slice): void {
  const { length, first } = flows.axis
  const { start, month, amount, seats } = store.changes
  const { marks } = marksOf(store.changes)
  const moved = new Float64Array((KIND + 1) * length)
  const movements = new Uint32Array(moved.length)
  const seatSums = flows.seats
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    const end = start[account + 1]!
    for (let row = start[account]!; row < end; row += 1) {
      const place = month[row]! - first
      if (place >= length) break
      const mark = marks[row]!
      const at = (mark & KIND) * length + place
      moved[at]! += amount[row]!
      movements[at]! += mark >> 7
      seatSums[place]! += seats[row]!
    }
  }
  kindsOf(view).forEach((kind, code) => {
    if (code === kindCode.NONE) return
    const paying = code === kindCode.NEW || code === kindCode.REACTIVATION ? 1 : code === kindCode.CHURN ? -1 : 0
    for (let place = 0; place < length; place += 1) {
      const [change, count] = [moved[code * length + place]!, movements[code * length + place]!]
      if (count === 0) continue
      flows.change[kind]![place]! += change
      flows.accounts[kind]![place]! += count
      flows.closing[place]! += change
      flows.paying[place]! += paying * count
    }
  })
}

/**
 * Adds the accounts of a slice to sums by strategy, as `addStrategies` does with their books. Rows of other movements are summed too, beside:
 * whether a row is of the kind is a branch that nobody can guess.
 */
export function addStrategyRows(sums: StrategySums, { store, accounts, view }: Slice): void {
  const { length, first } = sums.axis
  const { changes, plans } = store
  const { start, month, amount, plan, strategy } = changes
  const { marks } = marksOf(changes)
  const isOfKind = Uint8Array.from(kindsOf(view), (kind) => (kind === sums.kind ? 1 : 0))
  const isConfirmed = plans.confirmed
  const parts = new Float64Array(2 * sums.parts.length * length)
  const sizes = new Float64Array(4 * length)
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    const end = start[account + 1]!
    for (let row = start[account]!; row < end; row += 1) {
      const place = month[row]! - first
      if (place >= length) break
      const isOf = isOfKind[marks[row]! & KIND]!
      const change = amount[row]!
      parts[(2 * strategy[row]! + isOf) * length + place]! += change
      sizes[(2 * isConfirmed[plan[row]!]! + isOf) * length + place]! += Math.abs(change)
    }
  }
  for (let place = 0; place < length; place += 1) {
    sums.parts.forEach((part, code) => {
      part[place]! += parts[(2 * code + 1) * length + place]!
    })
    const [guessed, confirmed] = [sizes[length + place]!, sizes[3 * length + place]!]
    sums.absolute[place]! += guessed + confirmed
    sums.confirmed[place]! += confirmed
  }
}
