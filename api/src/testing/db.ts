import { randomBytes } from 'node:crypto'
import { connect, type Database } from '@nobishiro/prisma'
import type pg from 'pg'
import { afterAll, afterEach, describe } from 'vitest'
import { migratedImage, onServerAt, templateClause } from './prepared.ts'

type Open = () => Promise<Database>

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

/** Loading it is several times faster than creating a database. */
let image: Promise<Blob> | undefined
function onceMigrated(): Promise<Blob> {
  image ??= migratedImage()
  return image
}

/** An empty, migrated database of the embedded engine; who asks closes it. */
export const inMemory = async (): Promise<Database> => connect({ memory: true, image: await onceMigrated() })

/**
 * Runs the block once on the embedded engine and once on PostgreSQL. `open()` gives an empty, migrated database of its own
 * and closes it after the test. Without a server the PostgreSQL block is reported as skipped; in CI its absence fails.
 */
export function eachDatabase(block: (open: Open, engine: Database['engine']) => void): void {
  describe('on PGlite', () => {
    const cleanup: (() => Promise<void>)[] = []
    afterEach(() => runAll(cleanup))
    block(async () => keep(cleanup, await inMemory()), 'pglite')
  })
  describe.skipIf(process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent')('on PostgreSQL', () => {
    const cleanup: (() => Promise<void>)[] = []
    const databases: string[] = []
    afterEach(() => runAll(cleanup))
    afterAll(() => dropAll(databases))
    block(async () => keep(cleanup, await connect({ url: await createDatabase(databases), poolSize: 5 })), 'postgresql')
  })
}

/** A fresh, empty PostgreSQL database; `databases` collects names for `dropAll`. */
export async function createDatabase(databases: string[]): Promise<string> {
  const name = `nobishiro_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await onServer((client) => client.query(`CREATE DATABASE ${name}${templateClause()}`))
  databases.push(name)
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return url.href
}

export function dropAll(databases: string[]): Promise<void> {
  return onServer(async (client) => {
    for (const name of databases.splice(0)) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  })
}

/** Work on the server of tests itself, by a connection of its own. */
export const onServer = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => onServerAt(SERVER, work)

function keep(cleanup: (() => Promise<void>)[], database: Database): Database {
  cleanup.push(() => database.close())
  return database
}

async function runAll(cleanup: (() => Promise<void>)[]): Promise<void> {
  for (const close of cleanup.splice(0)) await close()
}
