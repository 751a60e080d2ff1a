import { dirname } from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import type { IsolationLevel, SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { migrate } from '../migrate.ts'
import { type EmbeddedEngine, type EngineOptions, SETTINGS } from './engine.ts'
import { needRoom } from './room.ts'

/** Opens PGlite in this thread and brings its schema up to date. */
export async function openLocalEngine(options: EngineOptions): Promise<EmbeddedEngine> {
  const room = 'folder' in options ? () => needRoom(dirname(options.folder)) : () => {}
  room()
  const client = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...SETTINGS],
    ...('folder' in options
      ? { dataDir: options.folder }
      : { dataDir: 'memory://', ...(options.image ? { loadDataDir: options.image } : {}) }),
  })
  await migrate(sessionOf(client))
  return engineOf(client, room)
}

/** An empty, migrated one as an image. */
export async function memoryImage(): Promise<Blob> {
  const client = await PGlite.create('memory://')
  await migrate(sessionOf(client))
  const image = await client.dumpDataDir('none')
  await client.close()
  return image
}

const sessionOf = (client: PGlite) => ({
  script: async (sql: string) => void (await client.exec(sql)),
  rows: async (sql: string, values?: unknown[]) => (await client.query<Record<string, unknown>>(sql, values)).rows,
})

type Open = { queryable: SqlQueryable; end: (how: 'COMMIT' | 'ROLLBACK') => Promise<void> }

/**
 * The published adapter swallows a failed COMMIT and reports success, so rows vanish without an error.
 * This keeps its queries and replaces its transactions: commit resolves only when the database has committed.
 * `room` throws where there is none to write.
 */
export async function engineOf(client: PGlite, room = () => {}): Promise<EmbeddedEngine> {
  const adapter = await new PrismaPGlite(client).connect()
  const open = new Map<number, Open>()
  let last = 0

  const running = (transaction: number): Open => {
    const found = open.get(transaction)
    if (!found) throw new Error(`There is no open transaction ${transaction}`)
    return found
  }
  const end = async (transaction: number, how: 'COMMIT' | 'ROLLBACK') => {
    const found = running(transaction)
    open.delete(transaction)
    await found.end(how)
  }
  return {
    begin: async (isolation) => {
      room()
      const started = await begin(client, adapter, isolation)
      last += 1
      open.set(last, started)
      return last
    },
    queryRaw: async (transaction, query) => {
      room()
      return running(transaction).queryable.queryRaw(query)
    },
    executeRaw: async (transaction, query) => {
      room()
      return running(transaction).queryable.executeRaw(query)
    },
    commit: (transaction) => end(transaction, 'COMMIT'),
    rollback: (transaction) => end(transaction, 'ROLLBACK'),
    close: () => client.close(),
  }
}

function begin(client: PGlite, adapter: SqlDriverAdapter, isolation?: IsolationLevel): Promise<Open> {
  return new Promise((resolve, reject) => {
    const finished = client.transaction(async (tx) => {
      if (isolation) await tx.exec(`SET TRANSACTION ISOLATION LEVEL ${isolation}`)
      await new Promise<void>((release) =>
        resolve({
          queryable: boundTo(adapter, tx),
          end: async (how) => {
            if (how === 'ROLLBACK') await tx.rollback()
            release()
            await finished
          },
        }),
      )
    })
    // Before the transaction has started this rejects the caller; afterwards its end reports it.
    finished.catch(reject)
  })
}

/** The adapter's own query code, run on the transaction instead of the session. */
function boundTo(adapter: SqlDriverAdapter, tx: Transaction): SqlQueryable {
  return Object.create(adapter, { client: { value: tx } }) as SqlQueryable // Object.create is untyped
}
