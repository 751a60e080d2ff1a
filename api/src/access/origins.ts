import type { Database } from '@nobishiro/prisma'

/** How often the database may be asked about an origin that nobody here has seen. */
const ASK_EVERY_MS = 5_000

/** Which pages may call: the configured origins, and those of live sessions. A preflight carries no token, so it asks here. */
export type Origins = {
  allows(origin: string): Promise<boolean>
  /** A session was minted or used for these origins. */
  note(origins: readonly string[], until: Date): void
}

export function createOrigins({
  db,
  configured,
  now,
}: {
  db: Database
  configured: readonly string[]
  now: () => Date
}): Origins {
  const live = new Map<string, number>()
  let askedAt = Number.NEGATIVE_INFINITY

  const isKnown = (origin: string) => configured.includes(origin) || (live.get(origin) ?? 0) > now().getTime()

  function note(origins: readonly string[], until: Date) {
    for (const origin of origins) live.set(origin, Math.max(live.get(origin) ?? 0, until.getTime()))
  }

  async function ask() {
    askedAt = now().getTime()
    for (const [origin, until] of live) if (until <= askedAt) live.delete(origin)
    for (const { id: tenantId } of await db.tenants()) {
      const sessions = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
        tx.embedSession.findMany({
          where: { tenantId, revokedAt: null, expiresAt: { gt: now() } },
          distinct: ['origins'],
          select: { origins: true, expiresAt: true },
          orderBy: { expiresAt: 'desc' },
        }),
      )
      for (const { origins, expiresAt } of sessions) note(origins, expiresAt)
    }
  }

  return {
    note,
    async allows(origin) {
      if (isKnown(origin)) return true
      if (now().getTime() - askedAt < ASK_EVERY_MS) return false
      await ask()
      return isKnown(origin)
    },
  }
}
