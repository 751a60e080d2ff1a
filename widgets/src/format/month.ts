const cache = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  cache.set(key, made)
  return made
}

const atMidnight = (day: string) => new Date(`${day}T00:00:00Z`)

/** A month named by its first day: "Oct 2026", "2026年10月". */
export function formatMonth(day: string, locale: string): string {
  return dateFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(atMidnight(day))
}

/** Day, month and year; plain English puts the day first, as most of its readers do. */
function formatDate(date: Date, locale: string, timeZone: string): string {
  const month = locale.startsWith('ja') ? 'long' : 'short'
  if (locale !== 'en') return dateFormat(locale, { year: 'numeric', month, day: 'numeric', timeZone }).format(date)
  const rest = dateFormat(locale, { year: 'numeric', month, timeZone }).format(date)
  return `${dateFormat(locale, { day: 'numeric', timeZone }).format(date)} ${rest}`
}

/** A calendar day: "22 Nov 2026", "2026年11月22日". */
export function formatDay(day: string, locale: string): string {
  return formatDate(atMidnight(day), locale, 'UTC')
}

/** The day on which an instant falls in the tenant's time zone. */
export function formatInstantDay(instant: string, locale: string, timeZone: string | undefined): string {
  return formatDate(new Date(instant), locale, timeZone ?? 'UTC')
}

/** The first day of the month that lies `months` away: addMonths('2026-10-01', -12) is '2025-10-01'. */
export function addMonths(day: string, months: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

/** The day that lies `days` away. */
export function addDays(day: string, days: number): string {
  return new Date(atMidnight(day).getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** The last month inside a half-open period: the period that ends on 1 November ends with October. */
export function lastMonth(period: { end: string }): string {
  return addMonths(period.end, -1)
}
