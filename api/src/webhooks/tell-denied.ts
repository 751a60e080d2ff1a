import type { Database } from '@nobishiro/prisma'
import type { Spike } from '../access/denials.ts'
import { askLink, tell } from '../outbox/tell.ts'

/** That many sessions were turned away; at most once an hour. */
export async function tellDenied(db: Database, { tenantId, since, at, counts }: Spike): Promise<void> {
  const hour = at.toISOString().slice(0, 13)
  const data = {
    denied: counts.UNKNOWN + counts.ORIGIN,
    unknown: counts.UNKNOWN,
    otherOrigin: counts.ORIGIN,
    since: since.toISOString(),
    links: { sessions: askLink('{ embedSessions { id keyId origins createdAt expiresAt } }') },
  }
  await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tell(tx, { tenantId, type: 'sessions.denied', at, data, about: `denied ${hour}` }),
  )
}
