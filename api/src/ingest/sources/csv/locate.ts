import { FileError } from './file-error.ts'
import type { Origin } from './mapping.ts'
import type { Problem } from './problem.ts'

/** The text of one field in a row, trimmed; empty when there is none. */
export type CellText = (cells: readonly string[]) => string

/** Where each origin lies in a file with this header. Columns marked optional that are not there are left out. */
export function locate(options: {
  origins: Readonly<Record<string, Origin | undefined>>
  header: readonly string[]
  file: string
  mappingName: string
  kind: string
}): Map<string, CellText> {
  const { origins, header, file, mappingName, kind } = options
  const found = new Map<string, CellText>()
  const problems: Problem[] = []
  const has = `the file has ${header.join(', ').slice(0, 500)}`
  for (const [field, origin] of Object.entries(origins)) {
    if (!origin) continue
    const wanted = columnsOf(origin)
    const missing = wanted.filter((column) => !header.includes(column))
    const absent = origin.firstOf && missing.length < wanted.length ? [] : missing
    const path = `"${field.startsWith('attributes.') ? '' : 'columns.'}${field}" of ${kind} in the mapping "${mappingName}"`
    for (const column of wanted.filter((name) => header.indexOf(name) !== header.lastIndexOf(name))) {
      problems.push({ file, line: 1, column, value: null, expected: `to be in the header once: ${path} needs it` })
    }
    if (absent.length === 0) found.set(field, withDefaults(origin, textOf(origin, header)))
    else if (!origin.optional) {
      for (const column of absent)
        problems.push({ file, line: 1, column, value: null, expected: `in the header: ${path} needs it; ${has}` })
    }
  }
  if (problems.length > 0) throw new FileError(problems)
  return found
}

/** What an origin is called in messages: its column where it has one. */
export function columnName(field: string, origin: Origin): string {
  return origin.column ?? (columnsOf(origin).join(' + ') || field)
}

/** The columns that an origin reads. */
export function columnsOf({ column, template, firstOf }: Origin): string[] {
  if (column !== undefined) return [column]
  if (firstOf !== undefined) return firstOf
  return [...(template ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
}

function textOf({ column, constant, template, firstOf }: Origin, header: readonly string[]): CellText {
  if (constant !== undefined) return () => constant
  if (column !== undefined) {
    const index = header.indexOf(column)
    return (cells) => (cells[index] ?? '').trim()
  }
  if (firstOf !== undefined) {
    const places = firstOf.map((name) => header.indexOf(name)).filter((index) => index >= 0)
    return (cells) => places.map((index) => (cells[index] ?? '').trim()).find((text) => text !== '') ?? ''
  }
  const parts = (template ?? '').split(/\{([^{}]+)\}/).map((part, at) => (at % 2 === 0 ? part : header.indexOf(part)))
  return (cells) => {
    const texts = parts.map((part) => (typeof part === 'string' ? part : (cells[part] ?? '').trim()))
    // A template with an empty cell in it is no value.
    return texts.some((text, at) => at % 2 === 1 && text === '') ? '' : texts.join('')
  }
}

function withDefaults({ values, default: fallback }: Origin, text: CellText): CellText {
  if (values === undefined && fallback === undefined) return text
  const known = new Map(Object.entries(values ?? {}))
  return (cells) => {
    const cell = text(cells)
    return (known.get(cell) ?? cell) || (fallback ?? '')
  }
}
