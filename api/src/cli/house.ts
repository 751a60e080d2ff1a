import type { Database } from '@nobishiro/prisma'
import type { Env } from '../env.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { CommandDependencies } from './command.ts'

/** What our own commands need beside the world: the settings. */
export type House = CommandDependencies & { env: Env }

/** Runs `work` with the database open, and closes it whatever happens. */
export async function withDatabase<T>({ openDatabase }: House, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase()
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/** The tenant that was named, or the only one. */
export async function tenantOf(db: Database, wanted: string | undefined): Promise<string> {
  const tenants = await db.tenants()
  const known = tenants.map(({ id }) => id).join(', ')
  if (tenants.length === 0) throw wrongUsage('There is no tenant yet. Create one with: nobishiro tenant create')
  if (wanted !== undefined) {
    if (tenants.some(({ id }) => id === wanted)) return wanted
    throw wrongUsage(`There is no tenant "${wanted}". Known are ${known}.`)
  }
  if (tenants.length === 1) return tenants[0]!.id
  throw wrongUsage(`There are several tenants. Say which one with --tenant: ${known}`)
}

export function wrongUsage(message: string): ExpectedError {
  return new ExpectedError('INVALID_INPUT', message)
}
