import type { Database } from '@nobishiro/prisma'
import { createFactsCache } from '../../facts/facts-cache.ts'
import type { EventType } from '../../outbox/event-types.ts'
import { TEST_SECRET } from '../../testing/query.ts'
import { listeningLogger } from '../../testing/what-was-said.ts'
import { createEndpoint } from '../endpoints.ts'
import { createRunner } from '../runner.ts'
import { createSend, type Send } from '../send.ts'

export const RULES = { secret: TEST_SECRET, allowPrivate: true }
export const START = new Date('2026-11-22T00:00:00.000Z')

/** What sends for a database, with a clock that goes when it is told. */
export function aHouse(db: Database, { send = createSend({ allowPrivate: true }) }: { send?: Send } = {}) {
  const clock = { at: START }
  const now = () => clock.at
  const runner = () =>
    createRunner({
      ...{ db, now, send, secret: TEST_SECRET, logger: listeningLogger },
      factsCache: createFactsCache({ database: db, now, checkEveryMs: 0 }),
      pollMs: 20,
    })
  return {
    now,
    runner,
    drain: () => runner().drain(),
    wait: (ms: number) => {
      clock.at = new Date(clock.at.getTime() + ms)
    },
    listen: (tenantId: string, url: string, events: readonly EventType[] = ['month.closed'], at = now()) =>
      createEndpoint(db, { tenantId, by: 'test', now: at }, { url, events }, RULES),
  }
}

export const see = <T>(db: Database, tenantId: string, read: Parameters<typeof db.withTenant<T>>[1]) =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, read)

/** Deliveries as they stand. */
export const stateOf = (db: Database, tenantId: string) =>
  see(db, tenantId, (tx) =>
    tx.webhookDelivery.findMany({
      omit: { tenantId: true, endpointId: true, eventId: true },
      orderBy: [{ event: { at: 'asc' } }, { eventId: 'asc' }],
    }),
  )
