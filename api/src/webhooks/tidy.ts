import type { Database } from '@nobishiro/prisma'
import { reduceOnceADay } from '../privacy/retention.ts'

/** How long what was sent, or is dead, can be looked at. */
export const KEPT_DAYS = 30

/** Forgets what is over: events of which nothing waits, answers that are no longer given again, and bodies that are kept no longer. */
export async function tidy(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 3_600_000)
  for (const { id: tenantId } of await db.tenants()) {
    await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
      await tx.webhookEvent.deleteMany({
        where: { tenantId, at: { lt: before }, deliveries: { none: { state: 'PENDING' } } },
      })
      await tx.idempotentAnswer.deleteMany({ where: { tenantId, expiresAt: { lte: now } } })
    })
    await reduceOnceADay(db, tenantId, now)
  }
}
