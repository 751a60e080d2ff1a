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

/** Month of a day counted from 1 January 1970. */
export function monthOfDayNumber(day: number): Month {
  const known = monthByDay.get(day)
  if (known !== undefined) return known
  const date = new Date(day * 86_400_000)
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
  monthByDay.set(day, month)
  return month
}

/** Few different days, many change points. */
const monthByDay = new Map<number, Month>()
