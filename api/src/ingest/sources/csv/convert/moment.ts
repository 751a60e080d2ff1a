import { Unreadable } from './unreadable.ts'

/** Spellings of a date, each with or without a time after it. */
export const DATE_FORMATS = ['YYYY-MM-DD', 'YYYY/M/D', 'DD.MM.YYYY', 'M/D/YYYY', 'D/M/YYYY', 'DD-MMM-YYYY'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

/** Read without being asked for, since they can mean one thing only. */
export const DEFAULT_DATE_FORMATS: readonly DateFormat[] = ['YYYY-MM-DD', 'YYYY/M/D', 'DD.MM.YYYY']

const PATTERNS: Record<DateFormat, RegExp> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  'YYYY/M/D': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})$/,
  'DD.MM.YYYY': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'M/D/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  'D/M/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  'DD-MMM-YYYY': /^(?<d>\d{1,2})-(?<m>[A-Za-z]{3})-(?<y>\d{4})$/,
}
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2}|[A-Z]{3})?$/i

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = (text = ''): number => (/^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.toLowerCase()) + 1)

/** Hours ahead of UTC of the zones that RFC 822 names; other abbreviations mean several places. */
const ZONES = new Map([
  ...(['UTC', 'GMT'] as const).map((name) => [name, 0] as const),
  ...['EST', 'CST', 'MST', 'PST'].map((name, at) => [name, -5 - at] as const),
  ...['EDT', 'CDT', 'MDT', 'PDT'].map((name, at) => [name, -4 - at] as const),
])

/** A date as written, perhaps with a time of day, perhaps with an offset from UTC. */
export type Moment = {
  /** YYYY-MM-DD */
  day: string
  /** Since midnight on the clock. */
  milliseconds: number
  /** Minutes ahead of UTC; null when the text does not say. */
  offset: number | null
}

/** Reads a date with an optional time, in one of the formats. */
export function readMoment(text: string, formats: readonly DateFormat[] = DEFAULT_DATE_FORMATS): Moment {
  const [, date = '', time = ''] = /^([^T\s]*)(?:T|\s+|$)(.*)$/s.exec(text) ?? []
  const day = readDate(date, formats)
  const clock = time === '' ? { milliseconds: 0, offset: null } : readTime(time)
  if (day === null || clock === null)
    throw new Unreadable(`a date such as 2024-12-31 (${formats.join(', ')})${hint(date, formats)}`)
  return { day, ...clock }
}

function readDate(text: string, formats: readonly DateFormat[]): string | null {
  for (const format of formats) {
    const groups = PATTERNS[format].exec(text)?.groups
    if (!groups) continue
    const [y, m, d] = [Number(groups['y']), monthOf(groups['m']), Number(groups['d'])]
    const date = new Date(Date.UTC(y, m - 1, d))
    const exists = date.getUTCMonth() === m - 1 && date.getUTCDate() === d
    return exists && y >= 1900 && y < 2200 ? date.toISOString().slice(0, 10) : null
  }
  return null
}

function readTime(text: string): Omit<Moment, 'day'> | null {
  const match = TIME.exec(text)
  if (!match || (match[5]?.length === 3 && !ZONES.has(match[5].toUpperCase()))) return null
  const [, hours = '', minutes = '', seconds = '0', fraction = '', zone] = match
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  return {
    milliseconds: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + milliseconds,
    offset: zone === undefined ? null : readOffset(zone),
  }
}

function readOffset(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const named = ZONES.get(zone.toUpperCase())
  if (named !== undefined) return named * 60
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function hint(date: string, formats: readonly DateFormat[]): string {
  const isAmbiguous = PATTERNS['M/D/YYYY'].test(date) && !formats.includes('M/D/YYYY') && !formats.includes('D/M/YYYY')
  return isAmbiguous ? '; say "M/D/YYYY" or "D/M/YYYY" under "dates" in the mapping' : ''
}
