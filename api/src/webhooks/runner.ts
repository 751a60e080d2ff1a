import type { Database } from '@nobishiro/prisma'
import type { Logger } from 'pino'
import type { FactsCache } from '../facts/facts-cache.ts'
import { loggable } from '../shared/loggable.ts'
import { type Attempt, mark, type Taken, takeDue } from './deliveries.ts'
import { judgeTargets, LOOK_EVERY_MS } from './judge.ts'
import type { Send } from './send.ts'
import { signedHeaders } from './sign.ts'
import { tidy } from './tidy.ts'

export type RunnerDependencies = {
  db: Database
  factsCache: FactsCache
  logger: Logger
  now: () => Date
  /** Opens the secrets of endpoints. */
  secret: string
  send: Send
  /** How long nothing is looked for when nothing was found. */
  pollMs?: number
}

/** What was sent since the process started. */
export type Figures = { delivered: number; failed: number; disabled: number; underWay: number }

export type Runner = {
  start(): void
  /** Takes nothing more; what is not finished within the grace is given back. */
  stop(graceMs?: number): Promise<void>
  /** Looks once for all there is to do, and does it: for programs that do not stay. */
  drain(): Promise<void>
  figures(): Figures
}

/** Of one tenant, and of one of its endpoints, at a time. */
const PER_TENANT = 32
const PER_ENDPOINT = 16
/** Tenants at a time: with those that hang, the others still get their turn. */
const TENANTS = 64
const TIDY_EVERY_MS = 3_600_000
const UNSEALED = 'its secret was sealed with another NOBISHIRO_SECRET; give it another one'

/**
 * Sends what waits, at least once each: taken under a lease, posted outside of any transaction, then marked. Every process may run one; they share the
 * work by locks that nobody waits for.
 */
export function createRunner({
  db,
  factsCache,
  logger,
  now,
  secret,
  send,
  pollMs = 1_000,
}: RunnerDependencies): Runner {
  const figures: Figures = { delivered: 0, failed: 0, disabled: 0, underWay: 0 }
  const busy = new Map<string, Promise<void>>()
  const aborting = new AbortController()
  let isStopping = false
  let loop: Promise<void> | undefined
  let wake = () => {}
  let tidyAt = Number.NEGATIVE_INFINITY

  async function attempt(taken: Taken): Promise<Attempt> {
    if (isStopping) return { taken, result: 'GIVEN_BACK', at: now() }
    const { eventId: id, url, body, secrets } = taken
    if (secrets.length === 0) return { taken, result: { status: null, problem: UNSEALED }, at: now() }
    const headers = signedHeaders({ id, body, at: now() }, secrets)
    figures.underWay += 1
    const result = await send({ url, headers, body, signal: aborting.signal })
    figures.underWay -= 1
    if (result.status === null && aborting.signal.aborted) return { taken, result: 'GIVEN_BACK', at: now() }
    const isDelivered = result.status !== null && result.status >= 200 && result.status < 300
    figures[isDelivered ? 'delivered' : 'failed'] += 1
    return { taken, result, at: now() }
  }

  /** Marks as attempts end: those that end while others are being marked are marked together. */
  async function sendAll(tenantId: string, taken: readonly Taken[]): Promise<void> {
    const ended: Attempt[] = []
    let marking = Promise.resolve()
    const flush = async () => {
      const batch = ended.splice(0)
      if (batch.length === 0) return
      for (const endpoint of await mark(db, tenantId, batch)) {
        figures.disabled += 1
        logger.warn({ endpoint }, 'a webhook endpoint was disabled')
      }
    }
    await Promise.all(
      taken.map(async (one) => {
        ended.push(await attempt(one))
        marking = marking.then(flush)
        await marking
      }),
    )
  }

  async function serve(tenantId: string): Promise<void> {
    await judgeTargets({ db, factsCache, now: now() }, tenantId)
    while (!isStopping) {
      const asked = { tenantId, now: now(), limit: PER_TENANT, perEndpoint: PER_ENDPOINT }
      const taken = await takeDue(db, asked, secret)
      if (taken.length === 0) return
      await sendAll(tenantId, taken)
    }
  }

  /** Gives every tenant that waits somebody who serves it; returns them. */
  async function look(): Promise<Promise<void>[]> {
    const at = now()
    if (at.getTime() - tidyAt >= TIDY_EVERY_MS) {
      tidyAt = at.getTime()
      await tidy(db, at)
    }
    const waiting = await db.tenantsToTell({ now: at, lookedBefore: new Date(at.getTime() - LOOK_EVERY_MS) })
    return waiting.flatMap((tenantId) => {
      if (isStopping || busy.has(tenantId) || busy.size >= TENANTS) return []
      const serving = serve(tenantId)
        .catch((err: unknown) => logger.error({ err: loggable(err) }, 'webhooks of a tenant could not be sent'))
        .finally(() => busy.delete(tenantId))
      busy.set(tenantId, serving)
      return [serving]
    })
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      await look().catch((err: unknown) => logger.error({ err: loggable(err) }, 'webhooks could not be looked for'))
      if (isStopping) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  return {
    start: () => {
      loop ??= run()
    },
    async stop(graceMs = 5_000) {
      isStopping = true
      wake()
      const timer = setTimeout(() => aborting.abort(), graceMs)
      await loop
      await Promise.all(busy.values())
      clearTimeout(timer)
    },
    async drain() {
      for (let serving = await look(); serving.length > 0; serving = await look()) await Promise.all(serving)
    },
    figures: () => ({ ...figures }),
  }
}
