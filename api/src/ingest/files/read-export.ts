import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ExpectedError } from '../../shared/errors.ts'
import { PayloadError } from '../payload/payload-error.ts'
import { checkContent, parseJson } from '../payload/strict-json.ts'
import { CHARTMOGUL_KINDS, type ChartmogulExport, type ChartmogulKind } from '../sources/chartmogul/chartmogul.ts'
import type { ExportRecord } from '../sources/chartmogul/record.ts'
import { FileError } from '../sources/csv/file-error.ts'
import type { Problem } from '../sources/csv/problem.ts'
import { readCsv } from './read-csv.ts'

/** Largest JSON file: it is read whole. */
const JSON_LIMIT = 256 * 1_048_576

export type FoundExport = { kind: ChartmogulKind; path: string; name: string }

/** The files of a ChartMogul export by their names, JSON or CSV, and those that are none. */
export async function findExport(path: string): Promise<{ files: FoundExport[]; unreadFiles: string[] }> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new ExpectedError('NOT_FOUND', `There is no file or directory at ${path}.`)
  const names = found.isDirectory() ? (await readdir(path)).sort() : [basename(path)]
  const folder = found.isDirectory() ? path : dirname(path)
  const data = names.filter((name) => /\.(csv|json)$/i.test(name) && !name.endsWith('.rejects.csv'))
  const files = data.flatMap((name) => {
    const kind = kindOf(name)
    return kind ? [{ kind, path: join(folder, name), name }] : []
  })
  if (files.length === 0) {
    const wanted = CHARTMOGUL_KINDS.map((kind) => `${kind}*.json or .csv`).join(', ')
    throw new ExpectedError('NOT_FOUND', `${path} holds none of the files of a ChartMogul export: ${wanted}.`)
  }
  return { files, unreadFiles: data.filter((name) => !files.some((file) => file.name === name)) }
}

function kindOf(name: string): ChartmogulKind | undefined {
  const word = name.toLowerCase().replace(/[\s-]+/g, '_')
  if (word.includes('line_item')) return 'line_items'
  return CHARTMOGUL_KINDS.find((kind) => word.startsWith(kind) || word.includes(`_${kind}`))
}

/** Every record of an export; what cannot be read is told with its place. */
export async function readExport(
  files: readonly FoundExport[],
): Promise<{ records: ChartmogulExport; problems: Problem[] }> {
  const records: { [K in ChartmogulKind]: ExportRecord[] } = {
    customers: [],
    plans: [],
    invoices: [],
    line_items: [],
    subscription_events: [],
  }
  const problems: Problem[] = []
  for (const file of files) {
    const read = /\.json$/i.test(file.name) ? await fromJson(file) : await fromCsv(file, problems)
    for (const record of read) records[file.kind].push(record)
  }
  return { records, problems }
}

async function fromJson({ path, name, kind }: FoundExport): Promise<ExportRecord[]> {
  try {
    const value = parseJson(await readFile(path), name, JSON_LIMIT)
    checkContent(value, name)
    const list = listOf(value, kind)
    if (!list)
      throw new PayloadError({ source: name, path: '$', accepted: `a list, or an object with "${kind}" or "entries"` })
    const shared = customerOf(value)
    return list.map((each: unknown, index) => ({
      file: name,
      line: null,
      path: `${kind}[${index}]`,
      values: typeof each === 'object' && each !== null ? { ...shared, ...each } : {},
    }))
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error
    const { path: column, value, accepted: expected } = error.problem
    throw new FileError([
      { file: name, line: null, column, value: value === undefined ? null : String(value).slice(0, 80), expected },
    ])
  }
}

/** A list of the API stands under the name of what it lists, or under "entries". */
function listOf(value: unknown, kind: ChartmogulKind): unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  return [fields[kind], fields['entries']].find((each): each is unknown[] => Array.isArray(each))
}

/** The invoices of one customer name it once. */
function customerOf(value: unknown): Record<string, unknown> {
  const named =
    typeof value === 'object' && value !== null && 'customer_uuid' in value ? value.customer_uuid : undefined
  return named === undefined ? {} : { customer_uuid: named }
}

async function fromCsv({ path, name }: FoundExport, problems: Problem[]): Promise<ExportRecord[]> {
  const csv = await readCsv(path, { name, delimiter: ',' })
  const columns = csv.header.map((column) =>
    column
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, ''),
  )
  const records: ExportRecord[] = []
  for await (const batch of csv.batches) {
    for (const record of batch) {
      if ('problems' in record)
        problems.push(...record.problems.map((each) => ({ ...each, file: name, line: record.line })))
      else {
        const values = Object.fromEntries(columns.map((column, at) => [column, record.cells[at] ?? '']))
        records.push({ file: name, line: record.line, path: '', values })
      }
    }
  }
  return records
}
