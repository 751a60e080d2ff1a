import type { PrismaClient } from '../../generated/client/client.ts'
import type { Tx } from '../database.ts'
import { lookAt } from './read-whole.ts'
import { migrationsOf, type Table, tablesOf } from './tables.ts'

/** An empty database that is to be filled, all or nothing. */
export type WholeWriter = {
  migrations: string[]
  tables: Table[]
  /** Tenants that are there already. */
  tenants: number
  /** Looks at one tenant: rows of no other can be written. */
  inside<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Writes rows of a table of ours; `rows` is a JSON array of them. Returns how many were. */
  write(table: Table, rows: string): Promise<number>
}

const LONGEST_MS = 24 * 3_600_000

/** In one transaction, as the application's role: what `write` throws leaves the database as it was. */
export function writeWhole<T>(
  client: PrismaClient,
  role: string,
  write: (whole: WholeWriter) => Promise<T>,
): Promise<T> {
  return client.$transaction(
    async (tx) => {
      const migrations = await migrationsOf(tx)
      // Nobody makes a tenant meanwhile.
      await tx.$executeRaw`LOCK TABLE tenant IN SHARE ROW EXCLUSIVE MODE`
      const tables = await tablesOf(tx)
      const counters = await countersOf(tx)
      const last = new Map<string, bigint>()
      await tx.$queryRaw`SELECT set_config('role', ${role}, true), set_config('statement_timeout', '0', true),
        set_config('nobishiro.operator', 'on', true)`
      const tenants = await tx.tenant.count()
      await tx.$queryRaw`SELECT set_config('nobishiro.operator', '', true)`
      const result = await write({
        migrations,
        tables,
        tenants,
        inside: async (tenantId, work) => {
          await lookAt(tx, tenantId)
          const done = await work(tx)
          for (const counter of counters) await noteLast(tx, counter, last)
          return done
        },
        write: (table, rows) => insert(tx, table, rows),
      })
      await tx.$queryRaw`SELECT set_config('role', 'none', true)`
      for (const { sequence } of counters) {
        const value = last.get(sequence)
        if (value !== undefined) await tx.$queryRaw`SELECT setval(${sequence}::regclass, ${value})`
      }
      // The embedded engine does not do it by itself.
      for (const { name } of tables) await tx.$executeRawUnsafe(`ANALYZE "${name}"`)
      return result
    },
    { timeout: LONGEST_MS, maxWait: 60_000 },
  )
}

function insert(tx: Tx, { name, columns }: Table, rows: string): Promise<number> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  return tx.$executeRawUnsafe(
    `INSERT INTO "${name}" (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM json_populate_recordset(NULL::"${name}", $1::json)`,
    rows,
  )
}

/** A column that counts by itself, and what it takes its numbers from. */
type Counter = { table: string; column: string; sequence: string }

const countersOf = (tx: Tx): Promise<Counter[]> => tx.$queryRaw<Counter[]>`
  SELECT * FROM (
    SELECT relname::text AS table, attname::text AS column, pg_get_serial_sequence(quote_ident(relname), attname) AS sequence
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
  ) AS counter WHERE sequence IS NOT NULL`

async function noteLast(tx: Tx, { table, column, sequence }: Counter, last: Map<string, bigint>): Promise<void> {
  const [row] = await tx.$queryRawUnsafe<{ last: bigint | null }[]>(`SELECT max("${column}") AS last FROM "${table}"`)
  if (row?.last != null && row.last > (last.get(sequence) ?? 0n)) last.set(sequence, row.last)
}
