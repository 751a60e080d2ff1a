import type { Tx } from '../database.ts'

/** A table with its columns. */
export type Table = { name: string; columns: string[] }

/** What other tables point at, and a table that holds bodies, whose rows may be large. */
export type KnownTable = Table & { isLarge: boolean }

/** Every table of ours, each after those that its foreign keys point at. */
export async function tablesOf(tx: Tx): Promise<KnownTable[]> {
  const tables = await tx.$queryRaw<(KnownTable & { above: string[] })[]>`
    SELECT relname::text AS name,
      (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
        WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'raw') AS "isLarge",
      ARRAY(SELECT confrelid::regclass::text FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'f' AND confrelid <> conrelid) AS above
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
    ORDER BY relname`
  const ordered: KnownTable[] = []
  const placed = new Set<string>()
  while (ordered.length < tables.length) {
    const next = tables.filter(({ name, above }) => !placed.has(name) && above.every((other) => placed.has(other)))
    if (next.length === 0) throw new Error('The foreign keys of the tables go in a circle')
    for (const { name, columns, isLarge } of next) {
      placed.add(name)
      ordered.push({ name, columns, isLarge })
    }
  }
  return ordered
}

/** Names of the migrations that have run, in order. */
export async function migrationsOf(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`
  return rows.map((row) => row.migration_name)
}
