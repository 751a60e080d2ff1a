/** What is wrong with one cell, or with a row as a whole. */
export type CellProblem = { column: string | null; value: string | null; expected: string }

/** The same, with its place in a file. `line` is the physical line on which the record starts. */
export type Problem = CellProblem & { file: string; line: number | null }

/** One line for people: file, line, column, value and what was expected. */
export function describeProblem({ file, line, column, value, expected }: Problem): string {
  const place = line === null ? file : `${file}:${line}`
  const cell = [column === null ? '' : `column ${column}`, value === null ? '' : JSON.stringify(value)]
    .filter(Boolean)
    .join(' ')
  return `${place}: ${cell === '' ? '' : `${cell}: `}expected ${expected}`
}

/** A value short enough to show. */
export function shorten(value: string): string {
  const characters = Array.from(value.slice(0, 200))
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : value
}
