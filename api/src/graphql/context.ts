import type { Database } from '@nobishiro/prisma'
import { type Principal, viewerContext } from '../access/principal.ts'
import type { Store } from '../facts/column-store.ts'
import type { FactsCache } from '../facts/facts-cache.ts'
import { type Bitmap, scopeOf } from '../facts/scope.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import { asPrismaClient, createReader, type ReadClient, type Reader } from './reader.ts'

/** Facts as the viewer may see them: every question to the store takes this scope. */
export type Facts = { store: Store; scope: Bitmap }

/** What resolvers get. Made once per operation. */
export type Context = {
  db: Database
  principal: Principal
  requestId: string
  /** The clock of the operation: the same for all its fields. */
  now: Date
  read: Reader
  prisma: ReadClient
  loaders: Loaders
  facts: () => Promise<Facts>
}

export type ContextInput = {
  db: Database
  factsCache: FactsCache
  principal: Principal
  requestId: string
  now: Date
}

const DEADLINE_MS = { KEY: 10_000, SESSION: 5_000 } as const

export function createContext({ db, factsCache, principal, requestId, now }: ContextInput): Context {
  const viewer = viewerContext(principal)
  const read = createReader(db, viewer, DEADLINE_MS[principal.kind])
  let facts: Promise<Facts> | undefined

  async function readFacts(): Promise<Facts> {
    const store = await factsCache.read(viewer)
    const accountIds = viewer.viewer === 'ACCOUNT' ? viewer.accountIds : []
    return { store, scope: scopeOf(store, { kind: viewer.viewer, accountIds }) }
  }

  const context: Context = {
    db,
    principal,
    requestId,
    now,
    read,
    prisma: asPrismaClient(read),
    facts: () => {
      facts ??= readFacts()
      return facts
    },
    loaders: createLoaders({ read, tenantId: principal.tenantId, facts: () => context.facts(), now }),
  }
  return context
}
