import type { Database } from '@nobishiro/prisma'
import type { Principal } from '../access/principal.ts'
import type { Store } from '../facts/column-store.ts'
import type { Current, FactsCache } from '../facts/facts-cache.ts'
import type { Bitmap } from '../facts/scope.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Rules as WebhookRules } from '../webhooks/endpoints.ts'
import { asOfOf } from './fact-args.ts'
import type { Cost } from './limits.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import { everyMember, type Membership, type Memberships } from './membership.ts'
import { asPrismaClient, createReader, type ReadClient, type Reader } from './reader.ts'
import type { Turns } from './turns.ts'
import { isLimited } from './viewer.ts'

/** Facts as the viewer may see them: every question to the store takes this scope and this clock. */
export type Facts = { store: Store; scope: Bitmap; now: Date }

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
  trace: Trace
  webhooks: WebhookRules
  /** Versions of the ledger as it moves. */
  watch: () => AsyncIterable<bigint>
  /** Waits until a question to a store may run: at once unless the tenant is large. */
  turn: (store: Store) => Promise<void>
  /** Which accounts are seen: what a row is asked before it is shown. */
  membership: () => Promise<Membership>
  /** As known now, or at an instant that has passed: then the clock stands there too. Of a large tenant, when it is its turn. */
  facts: (asOf?: Date | null) => Promise<Facts>
}

export type ContextInput = {
  db: Database
  factsCache: FactsCache
  memberships: Memberships
  principal: Principal
  requestId: string
  now: Date
  trace: Trace
  webhooks: WebhookRules
  watch: () => AsyncIterable<bigint>
  turns: Turns
}

/** What an operation has looked at, noted while it runs. */
export type Trace = {
  /** Of the oldest state that it read facts or settings of; before that, the one looked up when it came, if it could be. */
  version: bigint | undefined
  /** Rows were read of which some may change while the version of the ledger stays. */
  readsOther: boolean
  /** It asks only what is marked `FROM_FACTS`. */
  isFromFacts: boolean
  cost: Cost | undefined
}

const DEADLINE_MS = { KEY: 10_000, SESSION: 5_000 } as const

const late = (ms: number) =>
  new ExpectedError(
    'UNAVAILABLE',
    `No answer within ${ms / 1_000} s: too much is asked at once. Ask again, or for less.`,
  )

/** Change points from which on a question takes milliseconds. */
const LARGE = 50_000

export function createContext(input: ContextInput): Context {
  const { db, factsCache, memberships, principal, requestId, now, trace, webhooks, watch, turns } = input
  const { tenantId } = principal
  const deadlineMs = DEADLINE_MS[principal.kind]
  const deadline = performance.now() + deadlineMs
  const rows = createReader(db, () => membership().then(({ context: viewer }) => viewer), deadlineMs)
  const read: Reader = (query) => {
    trace.readsOther = true
    return rows(query)
  }
  const facts = new Map<number | undefined, Promise<Facts>>()
  let oldest: bigint | undefined

  function note<State extends Current>(state: State): State {
    if (oldest === undefined || state.version < oldest) oldest = state.version
    trace.version = oldest
    return state
  }

  const current = once(async () => note(await factsCache.read({ tenantId })))
  const membership = once(async () =>
    isLimited(principal) ? memberships.of(tenantId, principal.viewer, now, current) : everyMember(tenantId),
  )

  async function readFacts(asOf: Date | undefined): Promise<Facts> {
    const store =
      asOf === undefined
        ? await current()
        : await factsCache.readAsOf({ tenantId }, asOf, note(await factsCache.current(tenantId)))
    return { store, scope: (await membership()).scope(store), now: asOf ?? now }
  }

  const context: Context = {
    db,
    principal,
    requestId,
    now,
    trace,
    webhooks,
    watch,
    read,
    prisma: asPrismaClient(read),
    membership,
    turn: async ({ changes }) => {
      if (changes.amount.length < LARGE) return
      await turns.take(tenantId)
      if (performance.now() > deadline) throw late(deadlineMs)
    },
    facts: async (wanted) => {
      const asOf = asOfOf(wanted, now)
      const known = facts.get(asOf?.getTime()) ?? readFacts(asOf)
      facts.set(asOf?.getTime(), known)
      await context.turn((await known).store)
      return known
    },
    loaders: createLoaders({ read: rows, tenantId, membership, facts: () => context.facts(), now }),
  }
  return context
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined
  return () => {
    started ??= work()
    return started
  }
}
