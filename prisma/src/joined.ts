import type { Database, TenantContext, Tx } from './database.ts'

/**
 * The door from inside of a transaction that is open: whatever goes through it becomes part of that transaction, and is kept or taken back
 * with it. It opens for the same eyes only.
 */
export function joined(db: Database, { tenantId, viewer }: TenantContext, tx: Tx): Database {
  const elsewhere = () => Promise.reject(new Error('Not from inside of a transaction of one tenant'))
  return {
    engine: db.engine,
    withTenant: async (asked, work, { timeoutMs = 30_000 } = {}) => {
      if (viewer !== 'TENANT' || asked.viewer !== viewer || asked.tenantId !== tenantId) return elsewhere()
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true)`
      return work(tx)
    },
    tenants: elsewhere,
    tenantsToTell: elsewhere,
    deleteTenant: elsewhere,
    readWhole: elsewhere,
    writeWhole: elsewhere,
    close: elsewhere,
  }
}
