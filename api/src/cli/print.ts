import type { House } from './house.ts'

/** A result for people, or as JSON for programs. */
export function print({ out }: House, result: { json: boolean | undefined; value: unknown; text: string }): void {
  out.write(`${result.json ? JSON.stringify(result.value, spell, 2) : result.text}\n`)
}

/** Rows in aligned columns under their titles. */
export function table(titles: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [titles, ...rows].map((row) =>
    row.map((cell) => (cell instanceof Date ? cell.toISOString() : String(cell ?? '-'))),
  )
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function spell(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
