import { lastDayIn, placeOfDay } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { firstPaidMonths } from '../facts/first-paid.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import { assertScope, type Bitmap } from '../facts/scope.ts'
import { localDay } from '../shared/local-day.ts'

/** The month in which `now` falls for the tenant; of another calendar, its place. */
export function currentMonth(store: Store, now: Date, calendar = store.calendar): Month {
  return placeOfDay(calendar, localDay(now, store.timeZone))
}

/** The last month that is over and that every source has passed; without any data, the last month that is over. Of another calendar, its place. */
export function lastCompleteMonth(store: Store, now: Date, calendar = store.calendar): Month {
  const over = currentMonth(store, now, calendar) - 1
  if (store.dataThrough === null) return over
  const reached = placeOfDay(calendar, store.dataThrough)
  const passed = store.dataThrough >= lastDayIn(calendar, reached) ? reached : reached - 1
  return Math.min(over, passed)
}

/** The 12 last complete months; of another calendar, as many of its places. */
export function defaultRange(store: Store, now: Date, calendar = store.calendar): MonthRange {
  const end = lastCompleteMonth(store, now, calendar) + 1
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
  let first = Number.POSITIVE_INFINITY
  firstPaidMonths(store).forEach((month, account) => {
    if (month > 0 && scope.bits[account] === 1) first = Math.min(first, month)
  })
  return Number.isFinite(first) ? first : null
}
