import { createReadStream } from 'node:fs'
import { FileError } from '../sources/csv/file-error.ts'
import { type CsvRecord, splitFields } from './split-fields.ts'
import { type RawRecord, splitRecords } from './split-records.ts'

const MOST_COLUMNS = 256
const BATCH = 2000
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

export type CsvFile = {
  header: string[]
  /** The header as it stands in the file. */
  headerBytes: Buffer
  /** Everything after the header, in batches, with `cells` as many as the header has. Read once. */
  batches: AsyncIterable<CsvRecord[]>
}

/** Opens a CSV file: UTF-8 with or without a byte order mark, any line ends, never whole in memory. */
export async function readCsv(
  file: string | AsyncIterable<Uint8Array>,
  options: { name: string; delimiter: string },
): Promise<CsvFile> {
  const { name, delimiter } = options
  const chunks = typeof file === 'string' ? createReadStream(file, { highWaterMark: 256 * 1024 }) : file
  const raw = batchesOf(splitRecords(chunks, delimiter))
  try {
    const first = await raw.next()
    const [head, ...rest] = first.done ? [] : first.value
    if (!head) throw unreadable(name, null, 'a header line with column names, then one row per line; the file is empty')
    const headerBytes = withoutBom(head.bytes, name)
    const header = readHeader({ ...head, bytes: headerBytes }, name, delimiter)
    return { header, headerBytes, batches: rows([rest], raw, { delimiter, header }) }
  } catch (error) {
    await raw.return(undefined)
    throw error
  }
}

function readHeader(head: RawRecord, name: string, delimiter: string): string[] {
  const [record] = splitFields([head], delimiter)
  if (!record || 'problems' in record) {
    const reason = record?.problems[0]?.expected ?? 'it is empty'
    throw unreadable(name, head.line, `a header line with column names: ${reason}`)
  }
  const header = record.cells.map((cell) => cell.trim())
  if (header.length <= MOST_COLUMNS) return header
  throw unreadable(name, head.line, `at most ${MOST_COLUMNS} columns; the header has ${header.length}`)
}

async function* rows(
  first: Iterable<RawRecord[]>,
  raw: AsyncIterable<RawRecord[]>,
  { delimiter, header }: { delimiter: string; header: string[] },
): AsyncGenerator<CsvRecord[]> {
  const read = (batch: RawRecord[]) =>
    splitFields(batch, delimiter, header)
      .filter(isNotBlank)
      .map((record) => checked(record, header))
  for (const batch of first) if (batch.length > 0) yield read(batch)
  for await (const batch of raw) yield read(batch)
}

/** A row that a spreadsheet left behind: delimiters and nothing else. */
const isNotBlank = (record: CsvRecord) => 'problems' in record || record.cells.some((cell) => cell.trim() !== '')

function checked(record: CsvRecord, header: readonly string[]): CsvRecord {
  if ('problems' in record || record.cells.length === header.length) return record
  const { line, bytes, cells } = record
  const counted = `${cells.length} ${cells.length === 1 ? 'field' : 'fields'}`
  return {
    line,
    bytes,
    problems: [{ column: null, value: counted, expected: `${header.length} fields, as in the header` }],
  }
}

/** Groups what arrives into batches of a size that is good to work on. */
async function* batchesOf(source: AsyncIterable<RawRecord[]>): AsyncGenerator<RawRecord[]> {
  let batch: RawRecord[] = []
  for await (const records of source) {
    for (const record of records) {
      batch.push(record)
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

function withoutBom(bytes: Buffer, name: string): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw unreadable(name, 1, 'UTF-8, not UTF-16: save the file as "CSV UTF-8"')
  }
  return bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : bytes
}

const unreadable = (file: string, line: number | null, expected: string) =>
  new FileError([{ file, line, column: null, value: null, expected }])
