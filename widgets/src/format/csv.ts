/** A CSV cell: a number stays one, a text that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const isNumeric = /^[+-]?\d+(\.\d+)?$/.test(value)
  const guarded = !isNumeric && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** Rows as CSV with a byte-order mark, so that a spreadsheet reads Japanese, and CRLF as RFC 4180 wants. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`
}
