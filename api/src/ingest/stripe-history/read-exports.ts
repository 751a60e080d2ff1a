import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse'
import { ExpectedError } from '../../shared/errors.ts'
import { dashboardKind, lineRow, subscriptionRow } from '../sources/stripe/history/dashboard-csv.ts'

type Fields = Record<string, unknown>

/** Exported objects by what they are. */
export type Exports = { objects: Map<string, Map<string, Fields>> }

const JSON_FILE = /\.(jsonl|ndjson|json)$/i
const KINDS = [
  'product',
  'price',
  'plan',
  'coupon',
  'customer',
  'subscription',
  'subscription_schedule',
  'invoice',
  'invoiceitem',
]
const SHOWN = 60

/** Everything that the files at a path hold. One line that cannot be read refuses them all. */
export async function readExports(path: string): Promise<Exports> {
  const found: Exports = { objects: new Map(KINDS.map((kind) => [kind, new Map()])) }
  for (const file of await filesAt(path)) {
    if (JSON_FILE.test(file)) await readJsonLines(file, (object, line) => keep(found, object, { file, line }))
    else await readCsv(file, (object, line) => keep(found, object, { file, line }))
  }
  return found
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new ExpectedError('NOT_FOUND', `There is no file or directory at ${path}.`)
  const names = found.isDirectory() ? (await readdir(path)).sort().map((name) => join(path, name)) : [path]
  const files = names.filter((name) => JSON_FILE.test(name) || /\.csv$/i.test(name))
  if (files.length > 0) return files
  throw new ExpectedError(
    'INVALID_INPUT',
    `${path} holds no export of Stripe: accepted: .jsonl, .ndjson, .json and .csv files.`,
  )
}

type At = { file: string; line: number }

/** A later line about the same object replaces the earlier one. Lines of one invoice from several rows come together. */
function keep({ objects }: Exports, object: unknown, at: At): void {
  const fields = object !== null && typeof object === 'object' && !Array.isArray(object) ? (object as Fields) : {} // seen to be one
  const kind = fields['object']
  if (kind === 'list' && Array.isArray(fields['data'])) {
    for (const entry of fields['data']) keep({ objects }, entry, at)
    return
  }
  const known = typeof kind === 'string' ? objects.get(kind) : undefined
  const id = fields['id']
  if (known === undefined || typeof id !== 'string' || id === '')
    throw problem(at, kind ?? object, `one Stripe object with an id: ${KINDS.join(', ')}`)
  known.set(id, fields)
}

async function readJsonLines(file: string, each: (object: unknown, line: number) => void): Promise<void> {
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    if (text.trim() === '') continue
    let object: unknown
    try {
      object = JSON.parse(text)
    } catch {
      throw problem({ file, line }, text, 'one JSON object on each line')
    }
    each(object, line)
  }
}

async function readCsv(file: string, each: (object: Fields, line: number) => void): Promise<void> {
  const rows = createReadStream(file).pipe(parse({ columns: true, bom: true, info: true, skip_empty_lines: true }))
  const invoices = new Map<string, Fields>()
  let kind: ReturnType<typeof dashboardKind> | undefined
  try {
    for await (const { record, info } of rows as AsyncIterable<{
      record: Record<string, string>
      info: { lines: number }
    }>) {
      kind ??= dashboardKind(Object.keys(record))
      if (kind === null) throw unknownColumns(file)
      if (kind === 'subscriptions') for (const object of subscriptionRow(record)) each(object, info.lines)
      else addLine(invoices, lineRow(record), { file, line: info.lines })
    }
  } catch (error) {
    if (error instanceof ExpectedError) throw error
    throw new ExpectedError('INVALID_INPUT', `${basename(file)}: ${(error as Error).message.slice(0, 200)}`)
  }
  for (const invoice of invoices.values()) each(invoice, 0)
}

function addLine(invoices: Map<string, Fields>, invoice: Fields, at: At): void {
  const { id } = invoice
  if (typeof id !== 'string') throw problem(at, '', 'the id of an invoice')
  const known = invoices.get(id)
  if (known === undefined) invoices.set(id, invoice)
  else linesOf(known).push(...linesOf(invoice))
}

const linesOf = (invoice: Fields): unknown[] => (invoice['lines'] as { data: unknown[] }).data // as `lineRow` makes them

const unknownColumns = (file: string) =>
  new ExpectedError(
    'INVALID_INPUT',
    `${basename(file)}: its columns say nothing of what was held; accepted: the export of subscriptions (id, Customer ID, Plan, Status, Created …), or of invoice lines (Invoice ID, Subscription ID, Price ID, Amount, Period Start, Period End …).`,
  )

function problem({ file, line }: At, value: unknown, accepted: string): ExpectedError {
  const shown = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, SHOWN)
  return new ExpectedError(
    'INVALID_INPUT',
    `${basename(file)}:${line}: ${JSON.stringify(shown)}; accepted: ${accepted}.`,
  )
}
