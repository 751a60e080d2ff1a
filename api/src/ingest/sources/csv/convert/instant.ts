import { localDay, startOfLocalDay } from '../../../../shared/local-day.ts'
import type { Moment } from './moment.ts'

const DAY = 86_400_000

/** The instant a moment names. Without an offset it is the clock of the time zone; without a time, local midnight. */
export function toInstant(moment: Moment, timeZone: string): Date {
  const asUtc = Date.parse(`${moment.day}T00:00:00Z`) + moment.milliseconds
  if (moment.offset !== null) return new Date(asUtc - moment.offset * 60_000)
  const midnight = startOfLocalDay(moment.day, timeZone).getTime()
  if (moment.milliseconds === 0) return new Date(midnight)
  // On days whose clock changes, noon tells the offset after the change, midnight the one before it.
  const tomorrow = startOfLocalDay(nextDay(moment.day), timeZone).getTime()
  const late = tomorrow - (DAY - moment.milliseconds)
  const early = midnight + moment.milliseconds
  return new Date(moment.milliseconds < DAY / 8 ? early : late)
}

/** The calendar day a moment falls on in the time zone. */
export function toDay(moment: Moment, timeZone: string): string {
  return moment.offset === null ? moment.day : localDay(toInstant(moment, timeZone), timeZone)
}

/** One spelling for one instant: the day alone at local midnight, else ISO in UTC. */
export function toCanonical(moment: Moment, timeZone: string): string {
  if (moment.offset === null && moment.milliseconds === 0) return moment.day
  const instant = toInstant(moment, timeZone)
  const day = localDay(instant, timeZone)
  return startOfLocalDay(day, timeZone).getTime() === instant.getTime() ? day : instant.toISOString()
}

/** The instant of what `toCanonical` wrote. */
export function fromCanonical(text: string, timeZone: string): Date {
  return text.length === 10 ? new Date(startOfDay(text, timeZone)) : new Date(text)
}

/** Files name the same days over and over, and a time zone is slow to ask. */
const starts = new Map<string, number>()

function startOfDay(day: string, timeZone: string): number {
  const key = `${day} ${timeZone}`
  const start = starts.get(key) ?? startOfLocalDay(day, timeZone).getTime()
  if (starts.size < 20_000) starts.set(key, start)
  return start
}

const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
