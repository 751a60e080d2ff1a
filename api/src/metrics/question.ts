import type { Store } from '../facts/column-store.ts'
import type { Month } from '../facts/month.ts'
import type { Bitmap } from '../facts/scope.ts'
import { type FactWhere, holdsOtherCurrency, type Slice, sliceOf } from '../facts/slice.ts'
import { ExpectedError } from '../shared/errors.ts'
import { currentMonth } from './default-range.ts'

/** What every question carries: whose accounts (required), and what time it is. */
export type FactQuery = {
  scope: Bitmap
  now: Date
  where?: FactWhere | undefined
  /** ISO 4217; the tenant's currency when absent. */
  currency?: string | undefined
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
  /** An account of the slice holds another currency, and there are no rates: money and ratios are not defined. */
  noRate: boolean
}

export function settle(store: Store, { scope, now, where, currency = store.currency }: FactQuery): Question {
  if (!/^[A-Z]{3}$/.test(currency))
    throw new ExpectedError('INVALID_INPUT', `"${currency}" is not an ISO 4217 code`, 'currency')
  const slice = sliceOf(store, scope, where)
  return {
    store,
    scope,
    slice,
    now,
    current: currentMonth(store, now),
    currency,
    noRate: holdsOtherCurrency(slice, currency),
  }
}

/** For lists of amounts, which have no place to say that one is not defined. */
export function refuseWithoutRate(question: Question): Question {
  if (!question.noRate) return question
  const message = `There is no exchange rate to ${question.currency} for some of these accounts`
  throw new ExpectedError('INVALID_INPUT', message, 'currency')
}
