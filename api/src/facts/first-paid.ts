import type { Store } from './column-store.ts'
import type { Month } from './month.ts'

/** Month of each account's first close with revenue, its cohort; 0 where it never paid. Whatever the question holds, it is the same. */
export function firstPaidMonths(store: Store): Uint16Array {
  const known = found.get(store)
  if (known) return known
  const months = Uint16Array.from(store.accounts.ids, (_, account) => firstPaidMonth(store, account))
  found.set(store, months)
  return months
}

/** A store never changes. */
const found = new WeakMap<Store, Uint16Array>()

function firstPaidMonth({ changes, currencies }: Store, account: number): Month {
  const { start, month, currency, amount } = changes
  const held = currencies.map(() => 0)
  const end = start[account + 1]!
  for (let row = start[account]!; row < end; row += 1) {
    held[currency[row]!]! += amount[row]!
    const isClose = row + 1 === end || month[row + 1] !== month[row]
    if (isClose && held.some((balance) => balance > 0)) return month[row]!
  }
  return 0
}
