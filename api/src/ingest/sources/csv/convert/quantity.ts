import { type NumberFormat, readDecimal } from './decimal.ts'
import { Unreadable } from './unreadable.ts'

/** Reads a measured quantity: at most 18 digits before the point and 6 after it, as the database keeps it. */
export function readQuantity(text: string, format: NumberFormat = {}): string {
  const decimal = readDecimal(text, format)
  if (!/^-?\d{1,18}(\.\d{1,6})?$/.test(decimal))
    throw new Unreadable('a number with at most 18 digits before the point and 6 after it')
  return decimal
}
