import { kindAt, movedOf, movementCount, placeOf, seatsAt } from './book.ts'
import { kindCode } from './kind.ts'
import type { Month, MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { axisOf, walk } from './walk.ts'

/** What every account holds at the close of a month, by account. */
export type Balances = {
  /** NaN where a rate is missing. */
  mrr: Float64Array
  /** 1 where anything is paid. */
  pays: Uint8Array
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
    pays: new Uint8Array(size),
    seats: new Float64Array(size),
    firstPaid: new Uint16Array(size),
    expansion: new Float64Array(size),
  }
  const axis = axisOf(slice, month, month)
  const from = expansionRange.start - axis.first
  const to = Math.min(expansionRange.end - axis.first, axis.length)
  walk(slice, axis, (book) => {
    const { account, closing, held } = book
    balances.mrr[account] = closing[axis.length - 1]!
    balances.pays[account] = held[axis.length - 1]! > 0 ? 1 : 0
    balances.seats[account] = seatsAt(book, axis.length - 1)
    let first = book.from
    while (first < axis.length && held[first] === 0) first += 1
    if (first < axis.length) balances.firstPaid[account] = axis.first + first
    for (let index = 0; index < movementCount(book); index += 1) {
      const place = placeOf(book, index)
      if (place >= from && place < to && kindAt(book, index) === kindCode.EXPANSION)
        balances.expansion[account]! += movedOf(book, index)
    }
  })
  return balances
}

/** MRR of each plan that an account holds at the close of a month, largest first; NaN where a rate is missing. */
export function plansHeldAt(slice: Slice, account: number, month: Month): { plan: number; amount: number }[] {
  const { changes } = slice.store
  const held = new Map<number, { amounts: Map<number, number>; seats: number }>()
  for (let row = changes.start[account]!; row < changes.start[account + 1]! && changes.month[row]! <= month; row += 1) {
    const plan = changes.plan[row]!
    const sum = held.get(plan) ?? { amounts: new Map<number, number>(), seats: 0 }
    const currency = changes.currency[row]!
    sum.amounts.set(currency, (sum.amounts.get(currency) ?? 0) + changes.amount[row]!)
    sum.seats += changes.seats[row]!
    held.set(plan, sum)
  }
  return [...held]
    .filter(([, { amounts, seats }]) => seats > 0 || [...amounts.values()].some((amount) => amount > 0))
    .map(([plan, { amounts }]) => ({ plan, amount: inAnswer(slice, amounts, month) }))
    .sort((a, b) => (b.amount || 0) - (a.amount || 0) || a.plan - b.plan)
}

function inAnswer({ exchange }: Slice, amounts: ReadonlyMap<number, number>, month: Month): number {
  let sum = 0
  for (const [currency, amount] of amounts) {
    const near = exchange === null ? 1 : (exchange.factorAt(currency, month)?.near ?? Number.NaN)
    if (amount > 0) sum += near === 1 ? amount : Math.round(amount * near)
  }
  return sum
}
