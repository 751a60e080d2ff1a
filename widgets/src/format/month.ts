const cache = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Plain English reads day before month everywhere: 22 Nov 2026.
  const tag = locale === 'en' ? 'en-GB' : locale
  const key = `${tag} ${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(tag, options)
  cache.set(key, made)
  return made
}

const atMidnight = (day: string) => new Date(`${day}T00:00:00Z`)

/** A month named by its first day: "Oct 2026", "2026年10月". */
export function formatMonth(day: string, locale: string): string {
  return dateFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(atMidnight(day))
}

/** A calendar day: "22 Nov 2026", "2026年11月22日". */
export function formatDay(day: string, locale: string): string {
  const month = locale.startsWith('ja') ? 'long' : 'short'
  return dateFormat(locale, { year: 'numeric', month, day: 'numeric', timeZone: 'UTC' }).format(atMidnight(day))
}

/** The day on which an instant falls in the tenant's time zone. */
export function formatInstantDay(instant: string, locale: string, timeZone: string | undefined): string {
  const month = locale.startsWith('ja') ? 'long' : 'short'
  const zone = timeZone ?? 'UTC'
  return dateFormat(locale, { year: 'numeric', month, day: 'numeric', timeZone: zone }).format(new Date(instant))
}

/** The first day of the month that lies `months` away: addMonths('2026-10-01', -12) is '2025-10-01'. */
export function addMonths(day: string, months: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

/** The last month inside a half-open period: the period that ends on 1 November ends with October. */
export function lastMonth(period: { end: string }): string {
  return addMonths(period.end, -1)
}
