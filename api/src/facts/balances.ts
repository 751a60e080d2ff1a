import type { Month, MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { at, axisOf, kindCode, walk } from './walk.ts'

/** What every account holds at the close of a month, by account. */
export type Balances = {
  mrr: Float64Array
  seats: Float64Array
  /** Month of the first close with revenue; 0 where there is none. */
  firstPaid: Uint16Array
  /** Expansion within `expansionRange`. */
  expansion: Float64Array
}

export function balancesAt(slice: Slice, month: Month, expansionRange: MonthRange): Balances {
  const size = slice.accounts.length
  const balances: Balances = {
    mrr: new Float64Array(size),
    seats: new Float64Array(size),
    firstPaid: new Uint16Array(size),
    expansion: new Float64Array(size),
  }
  const axis = axisOf(slice, month, month)
  const from = expansionRange.start - axis.first
  const to = Math.min(expansionRange.end - axis.first, axis.length)
  walk(slice, axis, (book) => {
    const { account, closing, kind } = book
    balances.mrr[account] = closing[axis.length - 1]!
    balances.seats[account] = book.seats[axis.length - 1]!
    let first = book.from
    while (first < axis.length && closing[first] === 0) first += 1
    if (first < axis.length) balances.firstPaid[account] = axis.first + first
    for (let index = 0; index < book.changes; index += 1) {
      const place = book.changed[index]!
      if (place >= from && place < to && kind[place] === kindCode.EXPANSION) {
        balances.expansion[account]! += closing[place]! - at(book, closing, place - 1)
      }
    }
  })
  return balances
}

/** MRR of each plan that an account holds at the close of a month, largest first. */
export function plansHeldAt(slice: Slice, account: number, month: Month): { plan: number; amount: number }[] {
  const { changes } = slice.store
  const held = new Map<number, { amount: number; seats: number }>()
  for (let row = changes.start[account]!; row < changes.start[account + 1]! && changes.month[row]! <= month; row += 1) {
    const plan = changes.plan[row]!
    const sum = held.get(plan) ?? { amount: 0, seats: 0 }
    held.set(plan, { amount: sum.amount + changes.amount[row]!, seats: sum.seats + changes.seats[row]! })
  }
  return [...held]
    .filter(([, { amount, seats }]) => amount > 0 || seats > 0)
    .map(([plan, { amount }]) => ({ plan, amount: Math.max(amount, 0) }))
    .sort((a, b) => b.amount - a.amount || a.plan - b.plan)
}
