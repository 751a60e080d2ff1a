import type { SqlDriverAdapterFactory, SqlQueryable, Transaction } from '@prisma/driver-adapter-utils'
import type { EmbeddedEngine } from './engine.ts'

const INFO = { provider: 'postgres', adapterName: 'nobishiro-embedded' } as const

/** Prisma's view of the embedded database, which may still be opening. Everything of ours runs in transactions, so nothing else does. */
export function embeddedAdapter(opening: Promise<EmbeddedEngine>): SqlDriverAdapterFactory {
  return {
    ...INFO,
    connect: async () => ({
      ...INFO,
      ...outside,
      executeScript: () => outside.queryRaw(),
      startTransaction: async (isolation) => {
        const engine = await opening
        return transaction(engine, await engine.begin(isolation))
      },
      getConnectionInfo: () => ({ supportsRelationJoins: true }),
      dispose: async () => {},
    }),
  }
}

const refuse = () => Promise.reject(new Error('The embedded database is only used inside of transactions'))
const outside = { queryRaw: refuse, executeRaw: refuse } satisfies Omit<SqlQueryable, keyof typeof INFO>

const transaction = (engine: EmbeddedEngine, id: number): Transaction => ({
  ...INFO,
  options: { usePhantomQuery: true },
  queryRaw: (query) => engine.queryRaw(id, query),
  executeRaw: (query) => engine.executeRaw(id, query),
  commit: () => engine.commit(id),
  rollback: () => engine.rollback(id),
})
