import type { Database, TenantContext } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import type { Store } from './column-store.ts'
import { hydrate, hydrateAsOf } from './hydrate.ts'

/** What is looked up of a tenant, of one state of the database. */
export type Current = Pick<Store, 'version' | 'fiscalYearStart' | 'erasures'>

export type FactsCache = {
  /** The tenant's newest version and how its years are cut at that, looked up at most once in 0.5 s. */
  current(tenantId: string): Promise<Current>
  /** The tenant's facts at its newest version, loading them if needed. */
  read(context: Pick<TenantContext, 'tenantId'>): Promise<Store>
  /**
   * The tenant's facts as they were known at an instant that has passed. They never change but for how years are cut, which is as it is
   * set today, and for accounts that were erased since.
   */
  readAsOf(context: Pick<TenantContext, 'tenantId'>, asOf: Date, today: Omit<Current, 'version'>): Promise<Store>
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

type Known = { found: Promise<Current>; since: number }

/** What was looked up of tenants longest unused is forgotten beyond it. */
const MAX_KNOWN = 10_000

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
  const tenants = new Map<string, Known>()

  function current(tenantId: string): Promise<Current> {
    const known = tenants.get(tenantId)
    if (known && tick() - known.since < checkEveryMs) return known.found
    const found = currentOf(database, tenantId)
    found.catch(() => tenants.delete(tenantId))
    tenants.delete(tenantId)
    if (tenants.size >= MAX_KNOWN) tenants.delete(tenants.keys().next().value as string) // the map is not empty
    tenants.set(tenantId, { found, since: tick() })
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
    if (known && known.version >= (await current(tenantId)).version) return keep(tenantId, known)
    const since = tick()
    const store = keep(tenantId, await hydrate(database, tenantId, now()))
    const { version, fiscalYearStart, erasures } = store
    tenants.set(tenantId, { found: Promise.resolve({ version, fiscalYearStart, erasures }), since })
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
    current,
    read: ({ tenantId }) => once(tenantId, () => refresh(tenantId)),
    async readAsOf({ tenantId }, asOf, { fiscalYearStart, erasures }) {
      const key = `${tenantId} ${asOf.toISOString()}`
      const known = stores.get(key)
      const isFresh = known !== undefined && known.erasures >= erasures
      const store = isFresh ? known : await once(`${key} ${erasures}`, () => loadAsOf(key, tenantId, asOf))
      const cut = store.fiscalYearStart === fiscalYearStart ? store : { ...store, fiscalYearStart }
      return stores.has(key) ? keep(key, cut) : cut
    },
  }
}

async function currentOf(database: Database, tenantId: string): Promise<Current> {
  const tenant = await database.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.tenant.findUnique({ where: { id: tenantId }, select: { version: true, fiscalYearStart: true, erasures: true } }),
  )
  if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant ${tenantId}`)
  return tenant
}
