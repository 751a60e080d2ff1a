import { type Calendar, MONTHS, placeOfDay, WEEKS } from '../facts/calendar.ts'
import type { MonthRange } from '../facts/month.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Bucket, Compare } from './vocabulary.ts'

/** Weeks are cut out of the days themselves; quarters and years are made of months. */
export const calendarOf = (bucket: Bucket): Calendar => (bucket === 'WEEK' ? WEEKS : MONTHS)

/** Places of its calendar in a bucket, and in a year: of weeks 52, which begin with the same day of the week. */
const placesIn = { WEEK: 1, MONTH: 1, QUARTER: 3, YEAR: 12 } as const satisfies Record<Bucket, number>
const placesInYear = (bucket: Bucket): number => (bucket === 'WEEK' ? 52 : 12)

/** Days that may be asked for: 1970 to 2100. Others are a mistake, and would only cost memory. */
const FIRST = '1970-01-01'
const LAST = '2101-01-01'

/** Refuses a range that runs backwards or lies in another century. */
export function checkRange(range: MonthRange, calendar = MONTHS): MonthRange {
  if (range.end < range.start) throw new ExpectedError('INVALID_INPUT', 'The range ends before it starts', 'range')
  if (range.start < placeOfDay(calendar, FIRST) || range.end > placeOfDay(calendar, LAST)) {
    throw new ExpectedError('INVALID_INPUT', 'The range must lie between 1970 and 2100', 'range')
  }
  return range
}

/**
 * The buckets that a range of months, or of weeks, touches; the first and last are cut to the range. Years begin with the month `fiscalYearStart`, 1 to 12, and
 * quarters are quarters of those years.
 */
export function periodsOf(range: MonthRange, bucket: Bucket, fiscalYearStart: number): MonthRange[] {
  const size = placesIn[bucket]
  const periods: MonthRange[] = []
  for (let start = range.start; start < range.end; ) {
    const intoBucket = (start - (fiscalYearStart - 1)) % size
    const end = Math.min(start - intoBucket + size, range.end)
    periods.push({ start, end })
    start = end
  }
  return periods
}

/** Buckets that so many months, or weeks, touch at most, wherever the first of them lies in its bucket. */
export function mostPeriods(places: number, bucket: Bucket): number {
  return places <= 0 ? 0 : Math.ceil((places - 1) / placesIn[bucket]) + 1
}

/** What a period is compared with: the one of the same length right before it, or the same months a year earlier; of weeks, 52 weeks earlier. */
export function comparedPeriod({ start, end }: MonthRange, compare: Compare, bucket: Bucket = 'MONTH'): MonthRange {
  const back = compare === 'YEAR_AGO' ? placesInYear(bucket) : end - start
  return { start: start - back, end: end - back }
}
