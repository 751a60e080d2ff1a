import type { Database } from '@nobishiro/prisma'

/** Looks at the tenant that was read into. */
export const see = <T>(db: Database, query: Parameters<typeof db.withTenant<T>>[1]) =>
  db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, query)
export const inboxOf = (db: Database) => see(db, (tx) => tx.inbox.count())
