import { basename } from 'node:path'
import { readCsv } from '../ingest/files/read-csv.ts'
import { readDecimal } from '../ingest/sources/csv/convert/decimal.ts'
import { ExpectedError } from '../shared/errors.ts'
import { minorDigits } from '../shared/money.ts'
import { multiply, parseDecimal, rational, roundHalfEven } from '../shared/rational.ts'

/** Names of columns, and what holds for every row. */
export type MrrFormat = {
  account: string
  month: string
  mrr: string
  /** Column of the currency; absent where all rows are in one. */
  currencyColumn: string | undefined
  currency: string
  unit: 'major' | 'minor'
  delimiter: string
}

/** What a billing tool says an account paid at the end of a month, in minor units. */
export type MrrRow = { account: string; month: string; currency: string; amount: bigint }

const MOST_SHOWN = 20

/** Rows of one account, month and currency are added up. All bad rows are told at once, and then nothing is compared. */
export async function readMrrFile(path: string, format: MrrFormat): Promise<MrrRow[]> {
  const name = basename(path)
  const { header, batches } = await readCsv(path, { name, delimiter: format.delimiter }).catch(notReadable(path))
  const at = columnsOf(header, name, format)
  const rows = new Map<string, MrrRow>()
  const problems: string[] = []
  for await (const batch of batches) {
    for (const record of batch) {
      const read = 'problems' in record ? record.problems[0]! : readRow(record.cells, at, format) // has one at least
      if ('expected' in read) {
        const column = read.column === null ? '' : ` column ${read.column}`
        problems.push(`${name}:${record.line}:${column} "${read.value}": expected ${read.expected}`)
        continue
      }
      const key = JSON.stringify([read.account, read.month, read.currency])
      const known = rows.get(key)
      if (known) known.amount += read.amount
      else rows.set(key, read)
    }
  }
  if (problems.length === 0) return [...rows.values()]
  const more = problems.length > MOST_SHOWN ? [`… and ${problems.length - MOST_SHOWN} more`] : []
  throw new ExpectedError('INVALID_INPUT', [...problems.slice(0, MOST_SHOWN), ...more].join('\n'))
}

const notReadable = (path: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT' && error.code !== 'EACCES' && error.code !== 'EISDIR') throw error
  throw new ExpectedError('INVALID_INPUT', `${path} cannot be read: ${error.message}`)
}

type Columns = { account: number; month: number; mrr: number; currency: number | null }

function columnsOf(header: readonly string[], name: string, format: MrrFormat): Columns {
  const place = (column: string, option: string): number => {
    const index = header.indexOf(column)
    if (index >= 0) return index
    const known = header.map((each) => `"${each}"`).join(', ')
    throw new ExpectedError(
      'INVALID_INPUT',
      `${name} has no column "${column}". It has ${known}; say which with ${option}.`,
    )
  }
  return {
    account: place(format.account, '--account'),
    month: place(format.month, '--month'),
    mrr: place(format.mrr, '--mrr'),
    currency: format.currencyColumn === undefined ? null : place(format.currencyColumn, '--currency-column'),
  }
}

type Bad = { column: string | null; value: string; expected: string }

function readRow(cells: readonly string[], at: Columns, format: MrrFormat): MrrRow | Bad {
  const cell = (index: number) => cells[index]?.trim() ?? ''
  const account = cell(at.account)
  if (account === '') return { column: format.account, value: '', expected: 'the id of an account' }
  const month = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d{2}(?:[T ].*)?)?$/.exec(cell(at.month))?.[1]
  if (!month)
    return { column: format.month, value: cell(at.month), expected: 'a month such as 2026-10, or a day of it' }
  const currency = at.currency === null ? format.currency : cell(at.currency).toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency))
    return { column: format.currencyColumn ?? null, value: currency, expected: 'a currency such as USD' }
  try {
    const amount = parseDecimal(readDecimal(cell(at.mrr)))
    const digits = format.unit === 'major' ? 10n ** BigInt(minorDigits(currency)) : 1n
    return { account, month, currency, amount: roundHalfEven(multiply(amount, rational(digits))) }
  } catch {
    return { column: format.mrr, value: cell(at.mrr), expected: 'a number such as 1234.50' }
  }
}
