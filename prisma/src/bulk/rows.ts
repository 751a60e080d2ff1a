import { createHash } from 'node:crypto'
import { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../database.ts'
import { type Cell, copyText } from './copy-text.ts'
import { copyInside } from './copying-client.ts'

/** Names and types of the columns, in the order of each row's cells. */
export type Columns = Readonly<
  Record<string, 'text' | 'int' | 'bigint' | 'numeric' | 'boolean' | 'date' | 'timestamptz' | 'json' | 'jsonb'>
>

/** Fewer travel as one parameter: a table to copy into costs two more round trips, and more than it saves. */
const WORTH_COPYING = 100

/** Tables to copy into that a transaction has filled; only transactions that can copy are here. */
const filled = new WeakMap<Tx, Set<string>>()

export function allowCopying(tx: Tx): void {
  filled.set(tx, new Set())
}

/**
 * Rows as a relation, for one statement: `INSERT … SELECT … FROM ${await rowsAs(tx, 'line', COLUMNS, rows)}`. Many rows are copied
 * into a temporary table, since PostgreSQL refuses COPY into a table under row-level security; the statement that takes them from there
 * is bound by it. Calling again with the same name empties the table.
 */
export async function rowsAs(
  tx: Tx,
  name: string,
  columns: Columns,
  rows: readonly (readonly Cell[])[],
): Promise<Prisma.Sql> {
  const used = filled.get(tx)
  if (!used || rows.length < WORTH_COPYING) return asParameter(name, columns, rows)
  const described = describe(columns)
  // The connection outlives releases behind a pooler, so another shape is another table.
  const table = `"copied_${name}_${createHash('sha256').update(described).digest('hex').slice(0, 8)}"`
  const prepare = used.has(table)
    ? `TRUNCATE ${table}`
    : `CREATE TEMPORARY TABLE IF NOT EXISTS ${table} (${described}) ON COMMIT DELETE ROWS`
  await copyInside(tx, `${prepare}; COPY ${table} FROM STDIN`, copyText(rows))
  used.add(table)
  return Prisma.raw(`${table} AS "${name}"`)
}

function asParameter(name: string, columns: Columns, rows: readonly (readonly Cell[])[]): Prisma.Sql {
  const names = Object.keys(columns)
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, index) => [names[index], plain(cell)])))
  return Prisma.sql`json_to_recordset(${JSON.stringify(objects)}::json) AS ${Prisma.raw(`"${name}" (${describe(columns)})`)}`
}

/** JSON has no integers beyond 2^53. */
const plain = (cell: Cell): Cell => (typeof cell === 'bigint' ? String(cell) : cell)

const describe = (columns: Columns): string =>
  Object.entries(columns)
    .map(([column, type]) => `"${column}" ${type}`)
    .join(', ')
