import type { Database } from '@nobishiro/prisma'
import { type Logger, pino } from 'pino'
import { createRateLimit } from './access/rate-limit.ts'
import type { SharedRateLimit } from './access/shared-rate-limit.ts'
import type { App, AppDependencies } from './app.ts'
import type { Env } from './env.ts'
import type { Handler } from './http/handler.ts'
import { listen, stopListening } from './http/node-server.ts'
import { startingHandler } from './http/starting.ts'
import type { Tracing } from './http/tracing.ts'
import { readSecret } from './secret.ts'
import type { Runner } from './webhooks/runner.ts'

const GRACE_MS = 8_000
/** Of webhooks under way; what is not finished then is given back. */
const WEBHOOK_GRACE_MS = 5_000

/** More of the application, made once the database is open; `step` says what it is doing. */
export type Extend = (parts: {
  db: Database
  url: string
  step: (text: string) => void
}) => Promise<Pick<AppDependencies, 'site' | 'host'>>

export type Running = {
  url: string
  /** Resolves when requests are answered; rejects when starting failed. */
  ready: Promise<void>
  /** Finishes the answers under way and closes the database. */
  stop(): Promise<void>
}

/** Environment → dependencies → listen. Listens at once; the database opens behind it. */
export async function start(
  env: Env,
  { logger = createLogger(env), extend, widgets }: { logger?: Logger; extend?: Extend; widgets?: Handler } = {},
): Promise<Running> {
  const now = () => new Date()
  let waitingFor: string | undefined = 'opening the database'
  const stopping = new AbortController()
  let app: App | undefined
  let db: Database | undefined
  let runner: Runner | undefined
  let tracing: Tracing | undefined
  let allowances: SharedRateLimit | undefined
  const starting = startingHandler(() => waitingFor ?? 'starting')
  const server = await listen((request, connection) => (app ?? starting)(request, connection), env)
  const url = urlOf(env.host, server.address())

  async function open(): Promise<void> {
    // The database opens while the application is loaded.
    const opening = openDatabase(env)
    opening.catch(() => {}) // awaited below
    const [{ createApp }, { createRunner }, { createSend }, { createFactsCache }, { recover }] = await Promise.all([
      import('./app.ts'),
      import('./webhooks/runner.ts'),
      import('./webhooks/send.ts'),
      import('./facts/facts-cache.ts'),
      import('./ingest/import-store.ts'),
    ])
    tracing = env.traces ? (await import('./http/tracing.ts')).createTracing() : undefined
    db = await opening
    if (tracing) db = (await import('./http/traced-database.ts')).tracedDatabase(db, tracing.trace)
    for (const { id } of await db.tenants()) await recover(db, id, now)
    const secret = await readSecret(env)
    allowances = await sharedAllowances(env, logger)
    const step = (text: string) => {
      waitingFor = text
    }
    const more = (await extend?.({ db, url, step })) ?? {}
    const factsCache = createFactsCache({ database: db, budgetBytes: env.factsBytes, now })
    const { production, origins, privateWebhooks } = env
    const sending = createRunner({
      ...{ db, factsCache, logger, now, secret },
      send: createSend({ allowPrivate: privateWebhooks }),
    })
    app = createApp({
      ...{ db, factsCache, logger, now, secret, production, origins, privateWebhooks, stopping: stopping.signal },
      webhookFigures: sending.figures,
      ...(widgets && { widgets }),
      ...(allowances && { allowances }),
      ...(tracing && { trace: tracing.trace }),
      waitingFor: () => waitingFor,
      ...more,
    })
    waitingFor = undefined
    if (stopping.signal.aborted) return
    runner = sending
    runner.start()
  }

  async function stop(): Promise<void> {
    waitingFor = 'stopping'
    stopping.abort()
    await Promise.all([stopListening(server, GRACE_MS), runner?.stop(WEBHOOK_GRACE_MS)])
    await ready.catch(() => {})
    await Promise.all([db?.close(), allowances?.close(), tracing?.close()])
  }

  const ready = open()
  ready.catch(() => {}) // the caller awaits it too
  return { url, ready, stop }
}

/** The database that the environment names, open and migrated. */
export async function openDatabase({ databaseUrl, dataDir }: Pick<Env, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  const { connect } = await import('@nobishiro/prisma')
  return connect(databaseUrl === undefined ? { dataDir } : { url: databaseUrl })
}

/** Where a Redis is named, what callers may spend is counted there, for all processes. */
async function sharedAllowances({ redisUrl }: Env, logger: Logger): Promise<SharedRateLimit | undefined> {
  if (redisUrl === undefined) return undefined
  const { createSharedRateLimit } = await import('./access/shared-rate-limit.ts')
  return createSharedRateLimit(redisUrl, createRateLimit(Date.now), (isAway, err) => {
    if (isAway) logger.warn({ err }, 'Redis does not answer: allowances are counted by this process alone')
    else logger.info('Redis answers: allowances are shared again')
  })
}

/** One JSON line per event on standard error; credentials never. */
function createLogger({ logLevel }: Env): Logger {
  const redact = [
    'authorization',
    'req.headers.authorization',
    'headers.authorization',
    'token',
    'secret',
    '*.token',
    '*.secret',
  ]
  return pino({ level: logLevel, base: null, redact }, pino.destination(2))
}

function urlOf(host: string, address: ReturnType<import('node:http').Server['address']>): string {
  const port = typeof address === 'object' && address ? address.port : 0
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
