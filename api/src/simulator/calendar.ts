/** Tokyo has no summer time: its clock is nine hours ahead of UTC all year. */
const TOKYO = 9 * 3_600_000
export const DAY = 86_400_000

/** First instant of a month in Tokyo, `months` after the one that `from` lies in. */
export function monthStart(from: Date, months: number): Date {
  const local = new Date(from.getTime() + TOKYO)
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1) - TOKYO)
}

/** Calendar month in Tokyo: 1 is January. */
export function monthOfYear(instant: Date): number {
  return new Date(instant.getTime() + TOKYO).getUTCMonth() + 1
}

/** Day in Tokyo, YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  return new Date(instant.getTime() + TOKYO).toISOString().slice(0, 10)
}

/** A moment of office hours on a working day of the month: `day` from 1 to 26, `second` of the day's nine hours. */
export function officeHours(month: Date, day: number, second: number): Date {
  const start = new Date(month.getTime() + TOKYO)
  const date = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), day))
  const weekend = date.getUTCDay() === 6 ? 2 : date.getUTCDay() === 0 ? 1 : 0
  return new Date(date.getTime() + weekend * DAY + 9 * 3_600_000 + second * 1000 - TOKYO)
}

/** The same clock time `months` later, on the last day where the month is shorter. */
export function addMonths(instant: Date, months: number): Date {
  const local = new Date(instant.getTime() + TOKYO)
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months + 1, 0)).getUTCDate()
  const day = Math.min(local.getUTCDate(), last)
  const moved = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, day)
  return new Date(moved + (local.getTime() % DAY) - TOKYO)
}

/** The billing period of `length` months that an instant lies in, counted from the first one. */
export function periodAt(anchor: Date, length: number, instant: Date): { start: Date; end: Date } {
  let count = 0
  while (addMonths(anchor, (count + 1) * length) <= instant) count++
  return { start: addMonths(anchor, count * length), end: addMonths(anchor, (count + 1) * length) }
}
