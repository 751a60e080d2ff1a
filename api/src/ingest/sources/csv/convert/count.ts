import { type NumberFormat, readDecimal } from './decimal.ts'
import { Unreadable } from './unreadable.ts'

const LARGEST = 2_147_483_647

/** Reads a whole number from 0 up; "12.0", as data frames write it, is 12. */
export function readCount(text: string, format: NumberFormat = {}): number {
  const decimal = readDecimal(text, format)
  const count = Number(decimal)
  if (!/^\d+$/.test(decimal) || count > LARGEST) throw new Unreadable(`a whole number from 0 to ${LARGEST}`)
  return count
}
