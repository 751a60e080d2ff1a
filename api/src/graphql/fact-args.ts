import { firstDayOf, type Month, type MonthRange, monthOf } from '../facts/month.ts'
import { ExpectedError } from '../shared/errors.ts'

export type RangeInput = { start: string; end: string }

/** Months of a range of days; undefined asks for the default. */
export function monthRange(range: RangeInput | null | undefined, field = 'range'): MonthRange | undefined {
  if (!range) return undefined
  const start = firstOfMonth(range.start, `${field}.start`)
  const end = firstOfMonth(range.end, `${field}.end`)
  if (end < start) throw invalid(`${field}.end`, `${field}.end must be after ${field}.start.`)
  if (end - start > 1_200) throw invalid(`${field}.end`, `${field} is at most 100 years long.`)
  return { start, end }
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
