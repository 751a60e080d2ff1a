const formats = new Map<string, Intl.DateTimeFormat>()

function format(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** What the clock on the wall shows, read as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format(timeZone).formatToParts(instant)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The calendar day (YYYY-MM-DD) on which an instant falls in a time zone. */
export function localDay(instant: Date, timeZone: string): string {
  if (timeZone === 'UTC') return instant.toISOString().slice(0, 10)
  return new Date(wallClock(instant.getTime(), timeZone)).toISOString().slice(0, 10)
}

/** The first instant of a calendar day in a time zone: local midnight, or what follows where a clock change skips it. */
export function startOfLocalDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight)) throw new RangeError(`"${day}" is not a day like 2026-11-22`)
  const offsetAt = (instant: number) => wallClock(instant, timeZone) - instant
  const guess = midnight - offsetAt(midnight)
  const exact = midnight - offsetAt(guess)
  // Two candidates on days whose clock changes: the earlier one that already lies in the day.
  const candidates = [exact, guess].sort((a, b) => a - b)
  return new Date(candidates.find((instant) => wallClock(instant, timeZone) >= midnight) ?? exact)
}
