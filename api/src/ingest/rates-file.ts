import { basename } from 'node:path'
import { ExpectedError } from '../shared/errors.ts'
import { readCsv } from './files/read-csv.ts'
import { describeProblem, type Problem } from './sources/csv/problem.ts'
import type { Worth } from './sources/rates/quote.ts'
import { type QuoteColumns, type QuoteRules, readQuote } from './sources/rates/read-quote.ts'
import { type QuoteAt, resolveQuotes } from './sources/rates/resolve-quotes.ts'

const MOST_SHOWN = 20

/** The rates of a file in the tenant's currency. All bad rows are told at once, and then nothing is read. */
export async function readRatesFile(path: string, rules: QuoteRules): Promise<Worth[]> {
  const file = basename(path)
  const { header, batches } = await readCsv(path, { name: file, delimiter: ',' }).catch(notReadable(path))
  const at = columnsOf(header, file)
  const quotes: QuoteAt[] = []
  const problems: Problem[] = []
  for await (const batch of batches) {
    for (const record of batch) {
      const { line } = record
      if ('problems' in record) {
        problems.push(...record.problems.map((problem) => ({ ...problem, file, line })))
        continue
      }
      const quote = readQuote(record.cells, at, rules)
      if ('problem' in quote) problems.push({ ...quote.problem, file, line })
      else quotes.push({ ...quote, line })
    }
  }
  const resolved = resolveQuotes(quotes, rules.reporting)
  problems.push(...resolved.problems.map((problem) => ({ ...problem, file })))
  if (problems.length === 0) return resolved.worths
  const shown = problems.slice(0, MOST_SHOWN).map(describeProblem)
  const more = problems.length > MOST_SHOWN ? [`… and ${problems.length - MOST_SHOWN} more`] : []
  throw new ExpectedError('INVALID_INPUT', [...shown, ...more, 'Nothing was imported.'].join('\n'))
}

const notReadable = (path: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT' && error.code !== 'EACCES' && error.code !== 'EISDIR') throw error
  throw new ExpectedError('INVALID_INPUT', `${path} cannot be read: ${error.message}`)
}

function columnsOf(header: readonly string[], file: string): QuoteColumns {
  const place = (column: string): number => {
    const index = header.indexOf(column)
    if (index >= 0) return index
    const known = header.map((each) => `"${each}"`).join(', ')
    throw new ExpectedError('INVALID_INPUT', `${file} has no column "${column}". It has ${known}.`)
  }
  const base = header.indexOf('base')
  return { date: place('date'), currency: place('currency'), rate: place('rate'), base: base < 0 ? null : base }
}
