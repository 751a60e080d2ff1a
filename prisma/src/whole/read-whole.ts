import type { PrismaClient } from '../../generated/client/client.ts'
import type { Tx } from '../database.ts'
import { type KnownTable, migrationsOf, tablesOf } from './tables.ts'

/** The whole database as of one moment. Rows are read tenant by tenant, inside row-level security, as JSON. */
export type WholeReader = {
  migrations: string[]
  /** Each after those that it points at. */
  tables: KnownTable[]
  tenants: string[]
  /** Looks at one tenant. */
  inside<T>(tenantId: string, read: (tx: Tx) => Promise<T>): Promise<T>
  /** Rows of the tenant that is looked at, some megabytes at a time. */
  rows(table: KnownTable): AsyncGenerator<string[]>
}

const LONGEST_MS = 24 * 3_600_000
/** Characters to read at a time, and rows, of small ones and of those that hold bodies. */
const [CHARACTERS, MOST, MOST_LARGE] = [2_000_000, 2_000, 100]

/** In one transaction that sees one state of the database, as the application's role. */
export function readWhole<T>(client: PrismaClient, role: string, read: (whole: WholeReader) => Promise<T>): Promise<T> {
  return client.$transaction(
    async (tx) => {
      const migrations = await migrationsOf(tx)
      await tx.$queryRaw`SELECT set_config('role', ${role}, true), set_config('statement_timeout', '0', true),
        set_config('nobishiro.operator', 'on', true)`
      const tenants = await tx.tenant.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
      await tx.$queryRaw`SELECT set_config('nobishiro.operator', '', true)`
      return read({
        migrations,
        tables: await tablesOf(tx),
        tenants: tenants.map(({ id }) => id),
        inside: async (tenantId, look) => {
          await lookAt(tx, tenantId)
          return look(tx)
        },
        rows: (table) => rowsOf(tx, table),
      })
    },
    { isolationLevel: 'RepeatableRead', timeout: LONGEST_MS, maxWait: 60_000 },
  )
}

export async function lookAt(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('nobishiro.tenant', ${tenantId}, true), set_config('nobishiro.viewer', 'TENANT', true),
    set_config('nobishiro.accounts', '', true)`
}

async function* rowsOf(tx: Tx, { name, isLarge }: KnownTable): AsyncGenerator<string[]> {
  await tx.$executeRawUnsafe(
    `DECLARE whole NO SCROLL CURSOR FOR SELECT row_to_json(each)::text AS row FROM "${name}" AS each`,
  )
  const most = isLarge ? MOST_LARGE : MOST
  for (let count = 50; ; ) {
    const rows = await tx.$queryRawUnsafe<{ row: string }[]>(`FETCH ${count} FROM whole`)
    if (rows.length === 0) break
    const texts = rows.map(({ row }) => row)
    yield texts
    const largest = texts.reduce((size, { length }) => Math.max(size, length), 1)
    count = Math.max(1, Math.min(most, count * 2, Math.floor(CHARACTERS / largest)))
  }
  await tx.$executeRawUnsafe('CLOSE whole')
}
