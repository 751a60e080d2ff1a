import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/client/client.ts'
import { CopyingClient } from './bulk/copying-client.ts'
import { type Database, openDoor } from './database.ts'
import { embeddedAdapter } from './embedded/adapter.ts'
import type { EmbeddedEngine } from './embedded/engine.ts'
import { lockFolder } from './embedded/folder-lock.ts'
import { openRemoteEngine } from './embedded/remote-engine.ts'
import { migrate } from './migrate.ts'

export type ConnectOptions =
  /** PostgreSQL 15 or later. */
  | { url: string; poolSize?: number }
  /** Embedded PostgreSQL in this folder; one process at a time. */
  | { dataDir: string }
  /** Embedded PostgreSQL that forgets; `image` is a dump to start from. */
  | { memory: true; image?: Blob }

/** Opens the database and brings its schema up to date. */
export function connect(options: ConnectOptions): Promise<Database> {
  return 'url' in options ? connectPostgres(options.url, options.poolSize ?? 10) : connectEmbedded(options)
}

async function connectPostgres(url: string, poolSize: number): Promise<Database> {
  const session = new pg.Client({ connectionString: url })
  await session.connect()
  try {
    await migrate({
      script: async (sql) => void (await session.query(sql)),
      rows: async (sql, values) => (await session.query(sql, values)).rows,
    })
  } finally {
    await session.end()
  }
  const pool = new pg.Pool({ connectionString: url, max: poolSize, Client: CopyingClient })
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })
  return openDoor('postgresql', client, () => client.$disconnect())
}

async function connectEmbedded(options: { dataDir: string } | { memory: true; image?: Blob }): Promise<Database> {
  const release = 'dataDir' in options ? await lockFolder(options.dataDir) : async () => {}
  const opening = openEngine(options)
  try {
    // Prisma loads its query compiler while the engine opens.
    const client = new PrismaClient({ adapter: embeddedAdapter(opening) })
    const [engine] = await Promise.all([opening, client.$connect()])
    await proveCommitReports(client)
    return openDoor('pglite', client, async () => {
      await client.$disconnect()
      await engine.close()
      await release()
    })
  } catch (error) {
    await opening.then((engine) => engine.close()).catch(() => {}) // the error that matters is the first
    await release()
    throw error
  }
}

/** A folder's database runs beside us, so that no query of it keeps requests waiting; one that forgets runs in this thread. */
async function openEngine(options: { dataDir: string } | { memory: true; image?: Blob }): Promise<EmbeddedEngine> {
  if ('dataDir' in options) return openRemoteEngine(join(options.dataDir, 'database'))
  return (await import('./embedded/local-engine.ts')).openLocalEngine(options)
}

/** Start-up self-test: a commit that the database refuses must throw, or rows would be lost in silence. */
async function proveCommitReports(client: PrismaClient): Promise<void> {
  const reported = await client
    .$transaction(async (tx) => {
      await tx.$executeRaw`CREATE TEMPORARY TABLE commit_probe (n int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP`
      await tx.$executeRaw`INSERT INTO commit_probe VALUES (1), (1)`
    })
    .then(
      () => false,
      () => true,
    )
  if (!reported)
    throw new Error('The embedded database reported a failed commit as success. Refusing to start: data could be lost.')
}

/** A migrated, empty embedded database as an image: `connect({ memory: true, image })` opens it in a fraction of the time. */
export async function memoryImage(): Promise<Blob> {
  return (await import('./embedded/local-engine.ts')).memoryImage()
}
