import { dayNumberOf, type Month, monthDayOf } from './month.ts'

/** A place of a calendar: a month of `MONTHS`, a week of `WEEKS`. */
export type Place = Month

/**
 * How days are cut into places that follow each other, each of which closes with its last day. Facts are by month unless they are cut
 * anew (`cut.ts`): then what is called a month of a store is a place of the store's calendar. Days are counted from 1 January 1970.
 */
export type Calendar = {
  placeOf: (day: number) => Place
  /** Last day of a place. */
  closeOf: (place: Place) => number
  /** The day whose close lies some months before that of a place. */
  monthsBefore: (place: Place, months: number) => number
}

/** A day of a place, as the columns tell it: 1 is the first. */
export const dayIn = ({ closeOf }: Calendar, place: Place, day: number): number => closeOf(place - 1) + day

const endOfMonth = (month: Month): number => dayNumberOf(month + 1, 1) - 1

/** Calendar months: `year * 12 + month - 1`. */
export const MONTHS: Calendar = {
  placeOf: (day) => monthDayOf(day).month,
  closeOf: endOfMonth,
  monthsBefore: (month, months) => endOfMonth(month - months),
}

/** 1 January 1970 was a Thursday. */
const THURSDAY = 3

/** Weeks from Monday to Sunday, as ISO 8601 has them; week 0 holds 1 January 1970. */
export const WEEKS: Calendar = {
  placeOf: (day) => Math.floor((day + THURSDAY) / 7),
  closeOf: sundayOf,
  monthsBefore: (week, months) => sameDayBefore(sundayOf(week), months),
}

function sundayOf(week: Place): number {
  return week * 7 + THURSDAY
}

/** The same day of an earlier month, or the last one where that month is shorter. */
export function sameDayBefore(from: number, months: number): number {
  const { month, day } = monthDayOf(from)
  return Math.min(dayNumberOf(month - months, day), endOfMonth(month - months))
}

/** Some days in their order, each the close of a place that begins after the one before. */
export function closesAt(days: readonly number[]): Calendar {
  const closeOf = (place: Place): number => days[place] ?? (days[0] ?? 0) - 1
  return {
    placeOf: (day) => {
      const place = days.findIndex((close) => close >= day)
      return place < 0 ? days.length : place
    },
    closeOf,
    monthsBefore: (place, months) => sameDayBefore(closeOf(place), months),
  }
}

/** First day of a place, `YYYY-MM-DD`. */
export const firstDayIn = ({ closeOf }: Calendar, place: Place): string => dayText(closeOf(place - 1) + 1)

/** Last day of a place, `YYYY-MM-DD`. */
export const lastDayIn = ({ closeOf }: Calendar, place: Place): string => dayText(closeOf(place))

/** Place of a day `YYYY-MM-DD`. */
export const placeOfDay = ({ placeOf }: Calendar, day: string): Place => placeOf(Date.parse(day) / DAY_MS)

/** A day counted from 1 January 1970, as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

const DAY_MS = 86_400_000
