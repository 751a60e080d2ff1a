import { createHash } from 'node:crypto'
import type { Database, Tx } from '@nobishiro/prisma'
import { LRUCache } from 'lru-cache'

/** How long a scope counts as written without being looked at again. */
const FRESH_MS = 10 * 60_000
/** Unused for so long, a scope is let go. */
const KEPT_MS = 48 * 3_600_000
const MAX_KNOWN = 10_000

export type Scopes = {
  /** The scope of exactly these accounts, written down for row-level security. */
  keep(tenantId: string, accountIds: readonly string[], now: Date): Promise<string>
}

/**
 * A scope is named by a digest of its accounts: the same accounts are written once, whoever sees them and at whichever version, and what is written
 * under a name never changes while somebody reads by it.
 */
export function createScopes(db: Database): Scopes {
  const known = new LRUCache<string, { written: Promise<void>; at: number }>({ max: MAX_KNOWN })
  return {
    async keep(tenantId, accountIds, now) {
      const ids = [...new Set(accountIds)].sort()
      const scope = digestOf(ids)
      const key = `${tenantId} ${scope}`
      const before = known.get(key)
      if (before && Math.abs(now.getTime() - before.at) < FRESH_MS) {
        await before.written
        return scope
      }
      const written = db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => write(tx, { tenantId, scope, ids, now }))
      known.set(key, { written, at: now.getTime() })
      written.catch(() => known.delete(key))
      await written
      return scope
    },
  }
}

const digestOf = (ids: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(ids)).digest('base64url')

type Written = { tenantId: string; scope: string; ids: readonly string[]; now: Date }

async function write(tx: Tx, { tenantId, scope, ids, now }: Written): Promise<void> {
  // Whoever writes the same scope at once waits here for the first of them.
  const [row] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO scope (tenant_id, id, used_at) VALUES (${tenantId}, ${scope}, ${now})
    ON CONFLICT (tenant_id, id) DO UPDATE SET used_at = greatest(scope.used_at, excluded.used_at)
    RETURNING xmax = 0 AS "isNew"`
  if (!row?.isNew) return
  await tx.$executeRaw`
    INSERT INTO scope_account (tenant_id, scope, account_id) SELECT ${tenantId}, ${scope}, unnest(${ids}::text[])`
  await tx.$executeRaw`
    WITH unused AS (
      DELETE FROM scope WHERE tenant_id = ${tenantId} AND used_at < ${new Date(now.getTime() - KEPT_MS)} RETURNING id
    )
    DELETE FROM scope_account WHERE tenant_id = ${tenantId} AND scope IN (SELECT id FROM unused)`
}
