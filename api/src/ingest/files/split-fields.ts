import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { type CellProblem, shorten } from '../sources/csv/problem.ts'
import { LONGEST_RECORD, type RawRecord } from './split-records.ts'

/** A record with its fields, or with what is wrong with it. */
export type CsvRecord = { line: number; bytes: Buffer } & ({ cells: string[] } | { problems: CellProblem[] })

/** Reads the fields of a batch of records. Bad ones do not disturb their neighbours. */
export function splitFields(
  batch: readonly RawRecord[],
  delimiter: string,
  header: readonly string[] = [],
): CsvRecord[] {
  const problems = batch.map((record) => problemOf(record, delimiter, header))
  const sound = batch.filter((_, at) => problems[at] === null)
  const rows = parseBatch(
    sound.map(({ bytes }) => bytes.toString()),
    delimiter,
  )
  let next = 0
  return batch.map(({ line, bytes }, at) => {
    const problem = problems[at] ?? null
    const row = problem ?? rows[next++] ?? []
    return { line, bytes, ...(Array.isArray(row) ? { cells: row } : { problems: [row] }) }
  })
}

function problemOf({ bytes, fault }: RawRecord, delimiter: string, header: readonly string[]): CellProblem | null {
  if (fault !== undefined) return { column: null, value: shorten(bytes.toString()), expected: FAULTS[fault] }
  if (!bytes.includes(0) && isUtf8(bytes)) return null
  // Byte by byte no field is lost, so the bad one can be named.
  const [cells] = parseBatch([bytes.toString('latin1')], delimiter)
  const all = (Array.isArray(cells) ? cells : [bytes.toString('latin1')]).map((cell) => Buffer.from(cell, 'latin1'))
  const at = all.findIndex((cell) => cell.includes(0) || !isUtf8(cell))
  const cell = all[at] ?? bytes
  return {
    column: header[at] ?? null,
    value: shorten(cell.toString()),
    expected: cell.includes(0) ? 'text without NUL bytes' : 'UTF-8: save the file as "CSV UTF-8"',
  }
}

const FAULTS = {
  TOO_LONG: `a record of at most ${LONGEST_RECORD} bytes`,
  OPEN_QUOTE: `a closing quote within ${LONGEST_RECORD} bytes: a field opens with a quote here and does not end`,
}

function parseBatch(texts: readonly string[], delimiter: string): (string[] | CellProblem)[] {
  // Records hold no line break outside quotes, so each gives exactly one row.
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, max_record_size: 0 }
  try {
    return parse(texts.join('\n'), options)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const [only, ...more] = texts
    if (more.length > 0) return texts.flatMap((text) => parseBatch([text], delimiter))
    return [{ column: null, value: shorten(only ?? ''), expected: quoting(error.code) }]
  }
}

function quoting(code: CsvError['code']): string {
  if (code === 'CSV_INVALID_CLOSING_QUOTE')
    return 'a delimiter after a closing quote; a quote inside a quoted field is doubled'
  return 'quotes only around a whole field; a field that holds a quote is quoted and the quote doubled'
}
