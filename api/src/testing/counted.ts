import type { Database } from '@nobishiro/prisma'

/** The database, and how many transactions were opened through it. */
export function counted(db: Database): Database & { transactions: number } {
  const counting: Database & { transactions: number } = {
    ...db,
    transactions: 0,
    withTenant: (...args) => {
      counting.transactions += 1
      return db.withTenant(...args)
    },
    tenants: () => {
      counting.transactions += 1
      return db.tenants()
    },
  }
  return counting
}
