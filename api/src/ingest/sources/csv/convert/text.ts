import { Unreadable } from './unreadable.ts'

/** Reads a name to show. */
export function readText(text: string): string {
  if (text.length > 500) throw new Unreadable('at most 500 characters')
  return text
}

/** Reads an identifier. */
export function readId(text: string): string {
  return readKey(text, 200)
}

/** Reads a short label that things are grouped by: a plan, a product, a region, a metric. */
export function readLabel(text: string): string {
  return readKey(text, 100)
}

function readKey(text: string, longest: number): string {
  if (text.length > longest || /\p{Cc}/u.test(text)) {
    throw new Unreadable(`at most ${longest} characters on one line, without control characters`)
  }
  return text
}
