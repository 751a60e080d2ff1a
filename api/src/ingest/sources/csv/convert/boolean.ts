import { Unreadable } from './unreadable.ts'

const TRUE = ['true', 't', '1', 'yes', 'y']
const FALSE = ['false', 'f', '0', 'no', 'n']

/** Reads what programs and spreadsheets write for yes and no, in any case. */
export function readBoolean(text: string): boolean {
  const word = text.toLowerCase()
  if (TRUE.includes(word)) return true
  if (FALSE.includes(word)) return false
  throw new Unreadable('true or false (also 1 or 0, yes or no)')
}
