import type { Store } from '../facts/column-store.ts'
import { lastDayOf, type Month, type MonthRange, monthOf } from '../facts/month.ts'
import { assertScope, type Bitmap } from '../facts/scope.ts'
import { localDay } from '../shared/local-day.ts'

/** The month in which `now` falls for the tenant. */
export function currentMonth(store: Store, now: Date): Month {
  return monthOf(localDay(now, store.timeZone))
}

/** The last month that is over and that every source has passed; without any data, the last month that is over. */
export function lastCompleteMonth(store: Store, now: Date): Month {
  const over = currentMonth(store, now) - 1
  if (store.dataThrough === null) return over
  const reached = monthOf(store.dataThrough)
  const passed = store.dataThrough >= lastDayOf(reached) ? reached : reached - 1
  return Math.min(over, passed)
}

/** The 12 last complete months. */
export function defaultRange(store: Store, now: Date): MonthRange {
  const end = lastCompleteMonth(store, now) + 1
  return { start: end - 12, end }
}

/** First month that closed with revenue for an account in scope; null while there is none. */
export function firstRevenueMonth(store: Store, scope: Bitmap): Month | null {
  assertScope(store, scope)
  const known = firstMonths.get(scope)
  if (known !== undefined) return known
  const first = findFirstRevenueMonth(store, scope)
  firstMonths.set(scope, first)
  return first
}

/** Asked for by every undefined value of a question, and the same for all of them. */
const firstMonths = new WeakMap<Bitmap, Month | null>()

function findFirstRevenueMonth(store: Store, scope: Bitmap): Month | null {
  const { start, month, amount } = store.changes
  let first = Number.POSITIVE_INFINITY
  for (let account = 0; account < scope.bits.length; account += 1) {
    if (scope.bits[account] === 0) continue
    let level = 0
    const end = start[account + 1]!
    for (let row = start[account]!; row < end && month[row]! < first; row += 1) {
      level += amount[row]!
      const isLastOfMonth = row + 1 === end || month[row + 1] !== month[row]
      if (isLastOfMonth && level > 0) first = month[row]!
    }
  }
  return Number.isFinite(first) ? first : null
}
