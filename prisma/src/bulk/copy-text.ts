import { toUSVString } from 'node:util'

export type Cell = string | number | bigint | boolean | null | object

/** Rows in COPY's text format. An object is JSON. */
export function copyText(rows: readonly (readonly Cell[])[]): Buffer {
  let text = ''
  for (const row of rows) {
    let separator = ''
    for (const cell of row) {
      text += separator + cellText(cell)
      separator = '\t'
    }
    text += '\n'
  }
  // Written as UTF-8 it would become another character, in silence.
  if (toUSVString(text) !== text)
    throw new RangeError('A text for the database has a lone surrogate; accepted: Unicode text')
  return Buffer.from(text)
}

function cellText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string') return escaped(cell)
  return typeof cell === 'object' ? escaped(JSON.stringify(cell)) : String(cell)
}

const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : text
