import type { Database } from '@nobishiro/prisma'
import { afterEach, expect, it, vi } from 'vitest'
import type { SessionPrincipal } from '../access/principal.ts'
import { WHOLE_TENANT } from '../access/viewer.ts'
import { largeTenant } from '../bench/large-tenant.ts'
import type { Store } from '../facts/column-store.ts'
import { aStore, NOW } from '../facts/testing/a-store.ts'
import { createContext } from './context.ts'

const session: SessionPrincipal = {
  kind: 'SESSION',
  tenantId: 'acme',
  id: 's',
  viewer: WHOLE_TENANT,
  capabilities: [],
  origins: [],
  expiresAt: NOW,
}

/** The context of an operation whose turn comes after some milliseconds. */
function waiting(store: Store, ms: number) {
  let clock = 0
  let taken = 0
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
  const context = createContext({
    db: undefined as unknown as Database, // facts are given below, and a row that is read after all fails the test
    factsCache: { current: async () => store, read: async () => store, readAsOf: async () => store },
    memberships: {
      of: () => {
        throw new Error('not limited')
      },
    },
    principal: session,
    requestId: 'r',
    now: NOW,
    trace: { version: undefined, readsOther: false, isFromFacts: false, cost: undefined },
    webhooks: { secret: 's', allowPrivate: false },
    watch: () => {
      throw new Error('not watched')
    },
    turns: {
      take: async () => {
        taken += 1
        clock += ms
      },
    },
  })
  return { context, taken: () => taken }
}

const { store: large } = largeTenant(4_000)

afterEach(() => {
  vi.restoreAllMocks()
})

it('a question of a large tenant is answered in its turn, or says that it came too late', async () => {
  const soon = waiting(large, 4_000)
  expect((await soon.context.facts()).store).toBe(large)
  await expect(soon.context.facts()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: /No answer within 5 s/ })
  expect(soon.taken()).toBe(2)
})

it('a small tenant never waits', async () => {
  const small = waiting(aStore(), 60_000)
  await small.context.facts()
  expect(small.taken()).toBe(0)
})
