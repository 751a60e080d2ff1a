import type { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/client/client.ts'
import { type Database, openDoor } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate, type Session } from './migrate.ts'
import { pgliteAdapter } from './pglite-adapter.ts'

export type ConnectOptions =
  /** PostgreSQL 15 or later. */
  | { url: string; poolSize?: number }
  /** Embedded PostgreSQL in this folder; one process at a time. */
  | { dataDir: string }
  /** Embedded PostgreSQL that forgets; `image` is a dump to start from. */
  | { memory: true; image?: Blob }

/** The engine zeroes its buffers when it opens: 128 MB by default, a tenth of a second and memory that a process misses. */
const EMBEDDED_SETTINGS = ['-c', 'shared_buffers=32MB']

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
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: poolSize }) })
  return openDoor('postgresql', client, () => client.$disconnect())
}

async function connectEmbedded(options: { dataDir: string } | { memory: true; image?: Blob }): Promise<Database> {
  const release = 'dataDir' in options ? await lockFolder(options.dataDir) : async () => {}
  try {
    const { PGlite } = await import('@electric-sql/pglite')
    const opening = PGlite.create({
      startParams: [...PGlite.defaultStartParams, ...EMBEDDED_SETTINGS],
      ...('dataDir' in options
        ? { dataDir: `${options.dataDir}/database` }
        : { dataDir: 'memory://', ...(options.image ? { loadDataDir: options.image } : {}) }),
    })
    // Prisma loads its query compiler while the engine is compiled on another core.
    const client = new PrismaClient({ adapter: pgliteAdapter(opening) })
    const [engine] = await Promise.all([opening, client.$connect()])
    await migrate(embeddedSession(engine))
    await proveCommitReports(client)
    return openDoor('pglite', client, async () => {
      await client.$disconnect()
      await engine.close()
      await release()
    })
  } catch (error) {
    await release()
    throw error
  }
}

/** A migrated, empty embedded database as an image: `connect({ memory: true, image })` opens it in a fraction of the time. */
export async function memoryImage(): Promise<Blob> {
  const { PGlite } = await import('@electric-sql/pglite')
  const engine = await PGlite.create('memory://')
  await migrate(embeddedSession(engine))
  const image = await engine.dumpDataDir('none')
  await engine.close()
  return image
}

const embeddedSession = (engine: PGlite): Session => ({
  script: async (sql) => void (await engine.exec(sql)),
  rows: async (sql, values) => (await engine.query<Record<string, unknown>>(sql, values)).rows,
})

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
