import type { Store } from '../facts/column-store.ts'
import { lastDayOf, type Month } from '../facts/month.ts'
import type { Bitmap } from '../facts/scope.ts'
import { type FactWhere, type Slice, sliceOf } from '../facts/slice.ts'
import { ExpectedError } from '../shared/errors.ts'
import { localDay } from '../shared/local-day.ts'
import { currentMonth } from './default-range.ts'
import { type View, type ViewAsked, viewOf } from './view.ts'

/** What every question carries: whose accounts (required), and what time it is. */
export type FactQuery = {
  scope: Bitmap
  now: Date
  where?: FactWhere | undefined
  /** ISO 4217 of the answer; the tenant's currency when absent. */
  currency?: string | undefined
  /** The definitions' own view when absent. */
  view?: ViewAsked | undefined
}

/** A question with its slice and currency settled. */
export type Question = {
  store: Store
  scope: Bitmap
  slice: Slice
  now: Date
  /** The month in which `now` falls for the tenant. */
  current: Month
  currency: string
  view: View
}

export function settle(
  store: Store,
  { scope, now, where, currency = store.currency, view: asked }: FactQuery,
): Question {
  if (!/^[A-Z]{3}$/.test(currency))
    throw new ExpectedError('INVALID_INPUT', `"${currency}" is not an ISO 4217 code`, 'currency')
  const view = viewOf(asked)
  const slice = sliceOf(store, scope, where, { currency, today: localDay(now, store.timeZone) }, view)
  return {
    store,
    scope,
    slice,
    now,
    current: currentMonth(store, now),
    currency,
    view,
  }
}

/** For lists of amounts, which have no place to say that one is not defined. Names what is missing at a close and the one before. */
export function refuseWithoutRate({ slice, store, currency }: Question, month: Month): never {
  const closes = [month - 1, month]
  const missing = closes.flatMap((close) =>
    store.currencies.flatMap((code, index) =>
      slice.exchange?.factorAt(index, close) === null ? [`${code} at ${lastDayOf(close)}`] : [],
    ),
  )
  const message = `There is no exchange rate to ${currency} of ${missing.join(', ')} or within 7 days before it; import rates, or ask for a range without that month`
  throw new ExpectedError('INVALID_INPUT', message, 'currency')
}
