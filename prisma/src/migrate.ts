import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** What the migrations need of a driver: scripts of many statements, and rows. */
export type Session = {
  script(sql: string): Promise<void>
  rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

const FOLDER = new URL('../migrations/', import.meta.url)

/** As Prisma's own engine writes it, so that `prisma migrate deploy` and the server agree on what has run. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/** Prisma's advisory lock id: our server and its CLI exclude each other. */
const LOCK = 72707369

/** Applies what is missing, one transaction a migration. Returns the names that ran. */
export async function migrate(session: Session): Promise<string[]> {
  await session.rows('SELECT pg_advisory_lock($1)', [LOCK])
  try {
    await session.script(HISTORY)
    const applied = new Map(
      (await session.rows('SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL')).map(
        (row) => [String(row['migration_name']), String(row['checksum'])],
      ),
    )
    const ran: string[] = []
    for (const { name, sql, checksum } of await migrations()) {
      const known = applied.get(name)
      if (known === checksum) continue
      if (known)
        throw new Error(
          `Migration ${name} was changed after it ran on this database. Restore the file, and put the change into a new migration.`,
        )
      await apply(session, name, sql, checksum)
      ran.push(name)
    }
    return ran
  } finally {
    await session.rows('SELECT pg_advisory_unlock($1)', [LOCK])
  }
}

async function migrations(): Promise<{ name: string; sql: string; checksum: string }[]> {
  const names = (await readdir(FOLDER, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, FOLDER), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function apply(session: Session, name: string, sql: string, checksum: string): Promise<void> {
  await session.script('BEGIN')
  try {
    await session.script(sql)
    await session.rows(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name],
    )
    await session.script('COMMIT')
  } catch (error) {
    await session.script('ROLLBACK')
    throw new Error(
      `Migration ${name} failed and was undone: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}
