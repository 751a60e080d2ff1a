import type { MonthRange } from '../facts/month.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Bucket, Compare } from './vocabulary.ts'

const monthsOf = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const satisfies Record<Bucket, number>

/** Months that may be asked for: 1970 to 2100. Others are a mistake, and would only cost memory. */
const FIRST = 1970 * 12
const LAST = 2101 * 12

/** Refuses a range that runs backwards or lies in another century. */
export function checkRange(range: MonthRange): MonthRange {
  if (range.end < range.start) throw new ExpectedError('INVALID_INPUT', 'The range ends before it starts', 'range')
  if (range.start < FIRST || range.end > LAST) {
    throw new ExpectedError('INVALID_INPUT', 'The range must lie between 1970 and 2100', 'range')
  }
  return range
}

/**
 * The buckets that a range touches; the first and last are cut to the range. Years begin with the month `fiscalYearStart`, 1 to 12, and
 * quarters are quarters of those years.
 */
export function periodsOf(range: MonthRange, bucket: Bucket, fiscalYearStart: number): MonthRange[] {
  const size = monthsOf[bucket]
  const periods: MonthRange[] = []
  for (let start = range.start; start < range.end; ) {
    const intoBucket = (start - (fiscalYearStart - 1)) % size
    const end = Math.min(start - intoBucket + size, range.end)
    periods.push({ start, end })
    start = end
  }
  return periods
}

/** Buckets that so many months touch at most, wherever the first of them lies in its bucket. */
export function mostPeriods(months: number, bucket: Bucket): number {
  return months <= 0 ? 0 : Math.ceil((months - 1) / monthsOf[bucket]) + 1
}

/** What a period is compared with: the one of the same length right before it, or the same months a year earlier. */
export function comparedPeriod({ start, end }: MonthRange, compare: Compare): MonthRange {
  const back = compare === 'YEAR_AGO' ? 12 : end - start
  return { start: start - back, end: end - back }
}
