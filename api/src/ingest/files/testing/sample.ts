import type { Database } from '@nobishiro/prisma'

export const ACCOUNTS = 'account,name,region\nA-1,Acme,JP\nA-2,Bolt,US\n'
export const HEADER = 'subscription,account,start,end,plan,seats,amount,currency,trial\n'
export const SUBSCRIPTIONS = `${HEADER}S-1,A-1,2024-01-10,,Pro,3,100,USD,False\nS-2,A-2,2024-02-10,2024-05-10,Basic,1,10.50,USD,False\n`
export const USAGE =
  'usage,subscription,metric,day,quantity\nU-1,S-1,calls,2024-03-01,5\nU-1,S-2,calls,2024-03-01,7\nU-1,S-1,calls,2024-03-01,5\n'
/** Three files that belong together. */
export const ALL = { 'accounts.csv': ACCOUNTS, 'subscriptions.csv': SUBSCRIPTIONS, 'usage.csv': USAGE }

/** Looks at the tenant that was imported into. */
export const see = <T>(db: Database, query: Parameters<typeof db.withTenant<T>>[1]) =>
  db.withTenant({ tenantId: 'acme', viewer: 'TENANT' }, query)
/** Changes of level, one line each. */
export const changes = (db: Database) =>
  see(db, async (tx) => {
    const rows = await tx.accountChange.groupBy({
      by: ['accountId', 'day'],
      _sum: { amountMinor: true },
      orderBy: [{ accountId: 'asc' }, { day: 'asc' }],
    })
    return rows.map((row) => `${row.accountId} ${row.day.toISOString().slice(0, 10)} ${row._sum.amountMinor}`)
  })
/** Counts that are all 0 when nothing was written. */
export const nothing = (db: Database) =>
  see(db, async (tx) => [
    await tx.inbox.count(),
    await tx.account.count(),
    await tx.usageRecord.count(),
    await tx.source.count(),
  ])
