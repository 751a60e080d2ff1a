import { type Database, Prisma, type TenantContext, type Tx } from '@nobishiro/prisma'
import { LRUCache } from 'lru-cache'
import type { Scopes } from '../access/scopes.ts'
import { sharedWith } from '../access/shares.ts'
import type { Limit, Viewer } from '../access/viewer.ts'
import type { Store } from '../facts/column-store.ts'
import { accountsOf, type Bitmap, everyAccount } from '../facts/scope.ts'
import { membersOf } from '../segments/members.ts'
import { readSegments } from '../segments/read-segments.ts'
import { ExpectedError } from '../shared/errors.ts'
import { localDay } from '../shared/local-day.ts'

/** Which accounts a viewer sees, everywhere the same: in facts, in rows, and in what is asked of rows. */
export type Membership = {
  /** Of the transactions made for the viewer. */
  context: TenantContext
  /** The viewer's part of any store of the tenant, of an earlier instant too: never an account that it may not see now. */
  scope(store: Store): Bitmap
  sees(accountId: string): boolean
  /** The same, as a condition on a column of account ids. */
  isSeen(column: Prisma.Sql): Prisma.Sql
}

/** The whole tenant. */
export function everyMember(tenantId: string): Membership {
  return {
    context: { tenantId, viewer: 'TENANT' },
    scope: everyAccount,
    sees: () => true,
    isSeen: () => Prisma.sql`TRUE`,
  }
}

export type Memberships = {
  /** Whom a limited viewer sees now; `current` gives the newest facts, where its limits are about them. */
  of(tenantId: string, viewer: Viewer, now: Date, current: () => Promise<Store>): Promise<Membership>
}

/** Books of accounts that are kept worked out for one version. */
const MOST_KEPT = 200

export function createMemberships(db: Database, scopes: Scopes): Memberships {
  const found = new WeakMap<Store, LRUCache<string, Promise<Membership>>>()

  async function membership(tenantId: string, accountIds: readonly string[], now: Date, own?: Bitmap) {
    const scope = await scopes.keep(tenantId, accountIds, now)
    const ids = new Set(accountIds)
    return {
      context: { tenantId, viewer: 'SCOPE', scope },
      scope: (store) => (own?.store === store ? own : accountsOf(store, accountIds)),
      sees: (accountId) => ids.has(accountId),
      isSeen: (column) => Prisma.sql`${column} IN (
        SELECT account_id FROM scope_account WHERE tenant_id = ${tenantId} AND scope = ${scope})`,
    } satisfies Membership
  }

  async function workOut(tenantId: string, { limits }: Viewer, now: Date, store: Store): Promise<Membership> {
    const sets = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      Promise.all(limits.map((limit) => withinLimit(tx, limit, store, now))),
    )
    const bits = everyAccount(store).bits.map((one, account) => (sets.every((set) => set[account] === 1) ? one : 0))
    const accountIds = store.accounts.ids.filter((_, account) => bits[account] === 1)
    return membership(tenantId, accountIds, now, { store, bits, count: accountIds.length })
  }

  return {
    async of(tenantId, viewer, now, current) {
      const [only, ...others] = viewer.limits
      if (only && 'accountIds' in only && others.length === 0) return membership(tenantId, only.accountIds, now)
      const store = await current()
      const kept = found.get(store) ?? new LRUCache({ max: MOST_KEPT })
      found.set(store, kept)
      const key = `${localDay(now, store.timeZone)} ${JSON.stringify(viewer.limits)}`
      const known = kept.get(key) ?? workOut(tenantId, viewer, now, store)
      kept.set(key, known)
      known.catch(() => kept.delete(key))
      return known
    },
  }
}

/** Rights are read after the facts were: they are of the same version, or newer. Where they are newer, facts follow within a second. */
async function withinLimit(tx: Tx, limit: Limit, store: Store, now: Date): Promise<Uint8Array> {
  if ('accountIds' in limit) return accountsOf(store, limit.accountIds).bits
  if ('rule' in limit) return membersOf(store, limit.rule, now)
  if ('partner' in limit) {
    const shared = await sharedWith(tx, store.tenantId, limit.partner, localDay(now, store.timeZone))
    return accountsOf(store, shared).bits
  }
  const saved = await readSegments(tx, store.tenantId)
  const sets = saved.flatMap(({ id, rule }) => (limit.segmentIds.includes(id) ? [membersOf(store, rule, now)] : []))
  if (sets.length === 0)
    throw new ExpectedError('FORBIDDEN', 'The segments of this session are no more. Mint another session.')
  return Uint8Array.from(store.accounts.ids, (_, account) => (sets.some((set) => set[account] === 1) ? 1 : 0))
}
