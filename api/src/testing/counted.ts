import type { Database } from '@nobishiro/prisma'

/** The database, and how many transactions were opened through it. */
export function counted(db: Database): Database & { transactions: number } {
  const counting = {
    engine: db.engine,
    transactions: 0,
    withTenant: ((...args: Parameters<Database['withTenant']>) => {
      counting.transactions += 1
      return db.withTenant(...args)
    }) as Database['withTenant'], // generic in what it returns
    tenants: () => {
      counting.transactions += 1
      return db.tenants()
    },
    tenantsToTell: (due: Parameters<Database['tenantsToTell']>[0]) => db.tenantsToTell(due),
    deleteTenant: (tenantId: string) => db.deleteTenant(tenantId),
    close: () => db.close(),
  }
  return counting
}
