import type { IsolationLevel, SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils'

/** The embedded database as Prisma's adapter needs it: in this thread, or in one of its own. Transactions are named by number. */
export interface EmbeddedEngine {
  begin(isolation?: IsolationLevel): Promise<number>
  queryRaw(transaction: number, query: SqlQuery): Promise<SqlResultSet>
  executeRaw(transaction: number, query: SqlQuery): Promise<number>
  commit(transaction: number): Promise<void>
  rollback(transaction: number): Promise<void>
  close(): Promise<void>
}

export type EngineOptions =
  /** A folder that this process has taken. */
  | { folder: string }
  /** Forgets; `image` is a dump to start from. */
  | { memory: true; image?: Blob }

/** The engine zeroes its buffers when it opens: 128 MB by default, a tenth of a second and memory that a process misses. */
export const SETTINGS = ['-c', 'shared_buffers=32MB']
