import type { Database, TenantContext } from '@nobishiro/prisma'
import type { Store } from './column-store.ts'

export type FactsCache = {
  /** The tenant's facts at its newest version, loading them if needed. The version is looked up at most once in 0.5 s. */
  read(context: TenantContext): Promise<Store>
}

/** Facts of many tenants within a budget of bytes. The store holds the whole tenant: narrow it with a scope. */
export function createFactsCache(_options: { database: Database; budgetBytes?: number; now?: () => Date }): FactsCache {
  throw new Error('not built yet')
}
