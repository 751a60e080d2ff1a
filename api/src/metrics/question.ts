import { lastDayIn, WEEKS } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { byWeek, sliceIn } from '../facts/cut.ts'
import type { Month } from '../facts/month.ts'
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
  /** By month, whatever the answer is by. */
  store: Store
  /** Of the store of the slice. */
  scope: Bitmap
  /** By week where the answer is. */
  slice: Slice
  now: Date
  /** The month, or week, in which `now` falls for the tenant. */
  current: Month
  currency: string
  view: View
}

export function settle(
  store: Store,
  { scope, now, where, currency = store.currency, view: asked }: FactQuery,
  calendar = store.calendar,
): Question {
  if (!/^[A-Z]{3}$/.test(currency))
    throw new ExpectedError('INVALID_INPUT', `"${currency}" is not an ISO 4217 code`, 'currency')
  const view = viewOf(asked)
  const answerIn = { currency, today: localDay(now, store.timeZone) }
  const byMonth = sliceOf(store, scope, where, answerIn, view) // also a cohort is one of months
  const question = { store, now, current: currentMonth(store, now, calendar), currency, view }
  if (calendar !== WEEKS) return { ...question, scope, slice: byMonth }
  const facts = byWeek(store)
  return { ...question, scope: { ...scope, store: facts }, slice: sliceIn(facts, byMonth) }
}

/** For lists of amounts, which have no place to say that one is not defined. Names what is missing at a close and the one before. */
export function refuseWithoutRate({ slice, currency }: Question, month: Month): never {
  const closes = [month - 1, month]
  const missing = closes.flatMap((close) =>
    slice.store.currencies.flatMap((code, index) =>
      slice.exchange?.factorAt(index, close) === null ? [`${code} at ${lastDayIn(slice.store.calendar, close)}`] : [],
    ),
  )
  const message = `There is no exchange rate to ${currency} of ${missing.join(', ')} or within 7 days before it; import rates, or ask for a range without that close`
  throw new ExpectedError('INVALID_INPUT', message, 'currency')
}
