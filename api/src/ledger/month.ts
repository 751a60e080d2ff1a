import { startOfLocalDay } from '../shared/local-day.ts'

/** A month as one number: year * 12 + month - 1. */
export const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** YYYY-MM */
export const monthText = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`

/** The month that is over once something is known of this day: its own on its last day, else the one before. */
export function closedBy(day: string): number {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString()
  return monthOf(next) - 1
}

const starts = new Map<string, string>()

/** The first instant of a month in a time zone, RFC 3339. */
export function startOfMonth(month: number, timeZone: string): string {
  const key = `${month} ${timeZone}`
  const known = starts.get(key) ?? startOfLocalDay(`${monthText(month)}-01`, timeZone).toISOString()
  starts.set(key, known)
  return known
}
