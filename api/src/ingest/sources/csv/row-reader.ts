import { DEFAULT_DATE_FORMATS } from './convert/moment.ts'
import { Unreadable } from './convert/unreadable.ts'
import { type CsvKind, fieldNames, fieldRule, type Row } from './fields.ts'
import { type CellText, columnName, locate } from './locate.ts'
import type { Mapping, Origin } from './mapping.ts'
import { type CellProblem, shorten } from './problem.ts'
import { cellReader } from './read-cell.ts'

export type RowReader<K extends CsvKind> = {
  /** The values of a row, or what is wrong with its cells. */
  read(cells: readonly string[]): { row: Row<K>; attributes: Record<string, string> } | { problems: CellProblem[] }
  /** What a field's column is called in the file. */
  columnOf(field: keyof Row<K> & string): string
}

type Part = { field: string; column: string; isRequired: boolean; text: CellText; read: (text: string) => unknown }

/** Fits a mapping to the header of one file. Throws a FileError that names every column the file lacks. */
export function rowReader<K extends CsvKind>(options: {
  kind: K
  mapping: Mapping
  header: readonly string[]
  timeZone: string
  /** Names the file in messages. */
  file: string
}): RowReader<K> {
  const { kind, mapping, header, timeZone, file } = options
  const described = mapping[kind]
  if (!described) throw new Error(`The mapping ${mapping.name} does not describe ${kind}.`)
  const columns: Record<string, Origin | undefined> = described.columns
  const attributes: Record<string, Origin> = ('attributes' in described && described.attributes) || {}
  const texts = locate({
    origins: { ...columns, ...prefixed(attributes) },
    header,
    file,
    mappingName: mapping.name,
    kind,
  })

  const part = (
    field: string,
    origin: Origin,
    text: CellText,
    rule: { type: Parameters<typeof cellReader>[0]; isRequired: boolean },
  ): Part => ({
    field,
    column: columnName(field, origin),
    isRequired: rule.isRequired,
    text,
    read: cellReader(rule.type, {
      dates: origin.dates ?? mapping.dates ?? DEFAULT_DATE_FORMATS,
      numbers: origin.numbers ?? mapping.numbers ?? {},
      timeZone,
    }),
  })
  const parts: Part[] = []
  for (const field of fieldNames(kind)) {
    const [origin, text, rule] = [columns[field], texts.get(field), fieldRule(kind, field)]
    if (origin && text && rule) parts.push(part(field, origin, text, rule))
  }
  const extras = Object.entries(attributes).flatMap(([name, origin]) => {
    const text = texts.get(`attributes.${name}`)
    return text ? [part(name, origin, text, { type: 'text', isRequired: false })] : []
  })

  return {
    columnOf: (field) => {
      const origin = columns[field]
      return origin ? columnName(field, origin) : field
    },
    read: (cells) => {
      const problems: CellProblem[] = []
      const row = readParts(parts, cells, problems)
      const read = readParts(extras, cells, problems)
      // Every part was read by the reader of its field's type, and the required ones are there.
      return problems.length > 0 ? { problems } : { row: row as Row<K>, attributes: read as Record<string, string> }
    },
  }
}

function readParts(parts: readonly Part[], cells: readonly string[], problems: CellProblem[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { field, column, isRequired, text, read } of parts) {
    const cell = text(cells)
    if (cell === '') {
      if (isRequired) problems.push({ column, value: '', expected: 'a value: it must not be empty' })
      continue
    }
    try {
      values[field] = read(cell)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push({ column, value: shorten(cell), expected: error.expected })
    }
  }
  return values
}

const prefixed = (attributes: Record<string, Origin>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, origin]) => [`attributes.${name}`, origin]))
