import type { Database, TenantContext } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import type { Store } from './column-store.ts'
import { hydrate, hydrateAsOf } from './hydrate.ts'

export type FactsCache = {
  /** The tenant's facts at its newest version, loading them if needed. The version is looked up at most once in 0.5 s. */
  read(context: Pick<TenantContext, 'tenantId'>): Promise<Store>
  /** The tenant's facts as they were known at an instant that has passed. They never change. */
  readAsOf(context: Pick<TenantContext, 'tenantId'>, asOf: Date): Promise<Store>
}

export type FactsCacheOptions = {
  database: Database
  /** Stores beyond it are let go, the longest unused first; the one just read always stays. */
  budgetBytes?: number
  /** The instant that a store says it was read at. */
  now?: () => Date
  /** How long a version counts as looked up. */
  checkEveryMs?: number
  /** Milliseconds that only go forward. */
  tick?: () => number
}

/** A posting that began before an instant may still commit after it; until then its facts are not kept. */
const SETTLED_AFTER_MS = 120_000

type Entry = { store: Store; checkedAt: number }

/** Facts of many tenants within a budget of bytes. The store holds the whole tenant: narrow it with a scope. */
export function createFactsCache({
  database,
  budgetBytes = 256 * 1024 * 1024,
  now = () => new Date(),
  checkEveryMs = 500,
  tick = () => performance.now(),
}: FactsCacheOptions): FactsCache {
  /** In the order of last use. */
  const entries = new Map<string, Entry>()
  const flights = new Map<string, Promise<Store>>()

  function keep(key: string, entry: Entry): Store {
    entries.delete(key)
    entries.set(key, entry)
    let bytes = 0
    for (const { store } of entries.values()) bytes += store.bytes
    for (const [oldest, { store }] of entries) {
      if (bytes <= budgetBytes || oldest === key) break
      entries.delete(oldest)
      bytes -= store.bytes
    }
    return entry.store
  }

  async function refresh(tenantId: string): Promise<Store> {
    const checkedAt = tick()
    const known = entries.get(tenantId)?.store
    const isCurrent = known && (await versionOf(database, tenantId)) === known.version
    return keep(tenantId, { store: isCurrent ? known : await hydrate(database, tenantId, now()), checkedAt })
  }

  async function loadAsOf(key: string, tenantId: string, asOf: Date): Promise<Store> {
    const store = await hydrateAsOf(database, tenantId, asOf)
    const isSettled = now().getTime() - asOf.getTime() > SETTLED_AFTER_MS
    return isSettled ? keep(key, { store, checkedAt: Number.POSITIVE_INFINITY }) : store
  }

  return {
    readAsOf({ tenantId }, asOf) {
      const key = `${tenantId} ${asOf.toISOString()}`
      const known = entries.get(key)
      if (known) return Promise.resolve(keep(key, known))
      const flight = flights.get(key) ?? loadAsOf(key, tenantId, asOf).finally(() => flights.delete(key))
      flights.set(key, flight)
      return flight
    },
    read({ tenantId }) {
      const entry = entries.get(tenantId)
      if (entry && tick() - entry.checkedAt < checkEveryMs) return Promise.resolve(keep(tenantId, entry))
      const flight = flights.get(tenantId) ?? refresh(tenantId).finally(() => flights.delete(tenantId))
      flights.set(tenantId, flight)
      return flight
    },
  }
}

async function versionOf(database: Database, tenantId: string): Promise<bigint> {
  const tenant = await database.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.tenant.findUnique({ where: { id: tenantId }, select: { version: true } }),
  )
  if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant ${tenantId}`)
  return tenant.version
}
