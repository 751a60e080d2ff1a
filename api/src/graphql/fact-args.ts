import { firstDayIn, placeOfDay, WEEKS } from '../facts/calendar.ts'
import { firstDayOf, type Month, type MonthRange, monthOf } from '../facts/month.ts'
import type { Bucket } from '../metrics/vocabulary.ts'
import { ExpectedError } from '../shared/errors.ts'

export type RangeInput = { start: string; end: string }

const MOST_PLACES = 1_200

/** Months of a range of days; undefined asks for the default. */
export function monthRange(range: RangeInput | null | undefined, field = 'range'): MonthRange | undefined {
  return placesOf(range, field, firstOfMonth, '100 years')
}

/** Months of a range of days, or weeks where the answer is by week; undefined asks for the default. */
export function bucketRange(
  range: RangeInput | null | undefined,
  bucket: Bucket | null | undefined,
  field = 'range',
): MonthRange | undefined {
  return bucket === 'WEEK' ? placesOf(range, field, firstOfWeek, `${MOST_PLACES} weeks`) : monthRange(range, field)
}

function placesOf(
  range: RangeInput | null | undefined,
  field: string,
  placeOf: (day: string, field: string) => number,
  most: string,
): MonthRange | undefined {
  if (!range) return undefined
  const start = placeOf(range.start, `${field}.start`)
  const end = placeOf(range.end, `${field}.end`)
  if (end < start) throw invalid(`${field}.end`, `${field}.end must be after ${field}.start.`)
  if (end - start > MOST_PLACES) throw invalid(`${field}.end`, `${field} is at most ${most} long.`)
  return { start, end }
}

/** The month that begins with a day, or the week. */
export const firstOfPlace = (day: string, bucket: 'MONTH' | 'WEEK', field: string): number =>
  bucket === 'WEEK' ? firstOfWeek(day, field) : firstOfMonth(day, field)

function firstOfWeek(day: string, field: string): number {
  const week = placeOfDay(WEEKS, day)
  const monday = firstDayIn(WEEKS, week)
  if (monday !== day)
    throw invalid(
      field,
      `${field} is a Monday where the bucket is WEEK, e.g. ${monday}: weeks run from Monday to Sunday.`,
    )
  return week
}

export function firstOfMonth(day: string, field: string): Month {
  const month = monthOf(day)
  if (firstDayOf(month) !== day)
    throw invalid(field, `${field} is the first day of a month, e.g. ${firstDayOf(month)}.`)
  return month
}

/** An instant that has passed; undefined asks for what is known now. */
export function asOfOf(asOf: Date | null | undefined, now: Date): Date | undefined {
  if (asOf == null) return undefined
  if (asOf.getTime() > now.getTime())
    throw invalid('asOf', `asOf is an instant that has passed; ${asOf.toISOString()} has not.`)
  return asOf
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/** A currency that exists; undefined asks for the tenant's. */
export function currencyOf(code: string | null | undefined, field = 'currency'): string | undefined {
  if (code == null) return undefined
  if (CURRENCIES.has(code)) return code
  throw invalid(field, `${field} is a currency such as USD or JPY; "${code}" is not known.`)
}

function invalid(field: string, message: string): ExpectedError {
  return new ExpectedError('INVALID_INPUT', message, field)
}
