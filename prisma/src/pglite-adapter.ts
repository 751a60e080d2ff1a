import type { PGlite, Transaction } from '@electric-sql/pglite'
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
} from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/**
 * The published adapter swallows a failed COMMIT and reports success, so rows vanish without an error.
 * This one keeps its queries and replaces its transactions: commit resolves only when the database has committed.
 */
export function pgliteAdapter(opening: Promise<PGlite>): SqlDriverAdapterFactory {
  // Nothing of ours runs outside of a transaction, so the session itself is never asked.
  const factory = new PrismaPGlite({} as PGlite)
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      adapter.startTransaction = async (isolationLevel) => startTransaction(await opening, adapter, isolationLevel)
      return adapter
    },
  }
}

type Started = Awaited<ReturnType<SqlDriverAdapter['startTransaction']>>

function startTransaction(
  client: PGlite,
  adapter: SqlDriverAdapter,
  isolationLevel?: IsolationLevel,
): Promise<Started> {
  return new Promise((resolve, reject) => {
    const committed = client.transaction(async (tx) => {
      if (isolationLevel) await tx.exec(`SET TRANSACTION ISOLATION LEVEL ${isolationLevel}`)
      await new Promise<void>((release) => resolve(started(adapter, tx, release, () => committed)))
    })
    // Before the transaction has started this rejects the caller; afterwards commit() reports it.
    committed.catch(reject)
  })
}

function started(
  adapter: SqlDriverAdapter,
  tx: Transaction,
  release: () => void,
  committed: () => Promise<void>,
): Started {
  const queryable = boundTo(adapter, tx)
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => queryable.queryRaw(query),
    executeRaw: (query) => queryable.executeRaw(query),
    commit: async () => {
      release()
      await committed()
    },
    rollback: async () => {
      await tx.rollback()
      release()
      await committed()
    },
  }
}

/** The adapter's own query code, run on the transaction instead of the session. */
function boundTo(adapter: SqlDriverAdapter, tx: Transaction): SqlQueryable {
  return Object.create(adapter, { client: { value: tx } }) as SqlQueryable // Object.create is untyped
}
