/** The door to the database. The bare client is not exported: every query is inside one tenant. */

export { Prisma } from '../generated/client/client.ts'
export { type Columns, rowsAs } from './bulk/rows.ts'
export { type ConnectOptions, connect, memoryImage } from './connect.ts'
export type { Database, TenantContext, TransactionOptions, Tx } from './database.ts'
export { DataDirLockedError } from './embedded/folder-lock.ts'
export { joined } from './joined.ts'
export type { WholeReader } from './whole/read-whole.ts'
export type { WholeWriter } from './whole/write-whole.ts'
