/** A month as one number: year * 12 + month - 1. January 2024 is 24288. */
export type Month = number

/** Half-open range of months: `start` is included, `end` is not. */
export type MonthRange = { start: Month; end: Month }

/** Month of a day `YYYY-MM-DD`. */
export function monthOf(day: string): Month {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

/** First day of a month, `YYYY-MM-DD`. */
export function firstDayOf(month: Month): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

/** Last day of a month, `YYYY-MM-DD`. */
export function lastDayOf(month: Month): string {
  const day = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
  return `${firstDayOf(month).slice(0, 8)}${day}`
}

/** A day of a month, `YYYY-MM-DD`. */
export function dayOf(month: Month, day: number): string {
  return `${firstDayOf(month).slice(0, 8)}${String(day).padStart(2, '0')}`
}

export type MonthDay = { month: Month /** 1 to 31 */; day: number }

/** Month and day of a day counted from 1 January 1970. */
export function monthDayOf(dayNumber: number): MonthDay {
  const known = monthDays.get(dayNumber)
  if (known !== undefined) return known
  const date = new Date(dayNumber * DAY_MS)
  const found = { month: date.getUTCFullYear() * 12 + date.getUTCMonth(), day: date.getUTCDate() }
  monthDays.set(dayNumber, found)
  return found
}

const DAY_MS = 86_400_000
/** Few different days, many change points. */
const monthDays = new Map<number, MonthDay>()

/** Days from 1 January 1970 to a day of a month. */
export const dayNumberOf = (month: Month, day: number): number =>
  Date.UTC(Math.floor(month / 12), month % 12, day) / DAY_MS
