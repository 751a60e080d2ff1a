import type { Database, TenantContext } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import type { Store } from './column-store.ts'
import { hydrate, hydrateAsOf } from './hydrate.ts'

export type FactsCache = {
  /** The tenant's newest version, looked up at most once in 0.5 s. */
  version(tenantId: string): Promise<bigint>
  /** The tenant's facts at its newest version, loading them if needed. */
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

type Version = { found: Promise<bigint>; since: number }

/** Versions of tenants longest unused are forgotten beyond it. */
const MAX_VERSIONS = 10_000

/** Facts of many tenants within a budget of bytes. The store holds the whole tenant: narrow it with a scope. */
export function createFactsCache({
  database,
  budgetBytes = 256 * 1024 * 1024,
  now = () => new Date(),
  checkEveryMs = 500,
  tick = () => performance.now(),
}: FactsCacheOptions): FactsCache {
  /** In the order of last use. */
  const stores = new Map<string, Store>()
  const flights = new Map<string, Promise<Store>>()
  const versions = new Map<string, Version>()

  function version(tenantId: string): Promise<bigint> {
    const known = versions.get(tenantId)
    if (known && tick() - known.since < checkEveryMs) return known.found
    const found = versionOf(database, tenantId)
    found.catch(() => versions.delete(tenantId))
    versions.delete(tenantId)
    if (versions.size >= MAX_VERSIONS) versions.delete(versions.keys().next().value as string) // the map is not empty
    versions.set(tenantId, { found, since: tick() })
    return found
  }

  function keep(key: string, store: Store): Store {
    stores.delete(key)
    stores.set(key, store)
    let bytes = 0
    for (const one of stores.values()) bytes += one.bytes
    for (const [oldest, one] of stores) {
      if (bytes <= budgetBytes || oldest === key) break
      stores.delete(oldest)
      bytes -= one.bytes
    }
    return store
  }

  async function refresh(tenantId: string): Promise<Store> {
    const known = stores.get(tenantId)
    // What was loaded since the version was looked up may be newer.
    if (known && known.version >= (await version(tenantId))) return keep(tenantId, known)
    const since = tick()
    const store = keep(tenantId, await hydrate(database, tenantId, now()))
    versions.set(tenantId, { found: Promise.resolve(store.version), since })
    return store
  }

  async function loadAsOf(key: string, tenantId: string, asOf: Date): Promise<Store> {
    const store = await hydrateAsOf(database, tenantId, asOf)
    const isSettled = now().getTime() - asOf.getTime() > SETTLED_AFTER_MS
    return isSettled ? keep(key, store) : store
  }

  function once(key: string, load: () => Promise<Store>): Promise<Store> {
    const flight = flights.get(key) ?? load().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  return {
    version,
    read: ({ tenantId }) => once(tenantId, () => refresh(tenantId)),
    readAsOf({ tenantId }, asOf) {
      const key = `${tenantId} ${asOf.toISOString()}`
      const known = stores.get(key)
      return known ? Promise.resolve(keep(key, known)) : once(key, () => loadAsOf(key, tenantId, asOf))
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
