import { type DateFormat, readMoment } from './moment.ts'
import { Unreadable } from './unreadable.ts'

/** Reads a month: 2024-12, or a day of it. */
export function readMonth(text: string, formats: readonly DateFormat[]): string {
  if (/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text)) return text
  try {
    return readMoment(text, formats).day.slice(0, 7)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new Unreadable('a month such as 2024-12, or a day of it')
  }
}
