import { randomUUID } from 'node:crypto'
import type { Database } from '@nobishiro/prisma'
import type { Logger } from 'pino'
import { createAuthenticator } from './access/authenticate.ts'
import { createDenials } from './access/denials.ts'
import type { RegisteredDocuments } from './access/documents/registered.ts'
import { createOrigins } from './access/origins.ts'
import type { RateLimit } from './access/rate-limit.ts'
import type { FactsCache } from './facts/facts-cache.ts'
import { createGraphqlServer } from './graphql/server.ts'
import { answerError, Refused } from './http/answer.ts'
import { preflight, withCors } from './http/cors.ts'
import { embedSessionsHandler } from './http/embed-sessions.ts'
import { graphqlHandler } from './http/graphql.ts'
import type { Connection, Handler } from './http/handler.ts'
import { live, readyHandler } from './http/health.ts'
import { ingestEventsHandler } from './http/ingest-events.ts'
import { ingestFilesHandler } from './http/ingest-files.ts'
import { withSecurityHeaders } from './http/security-headers.ts'
import { stripeWebhookHandler } from './http/stripe-webhook.ts'
import { createTelemetry, metricsHandler } from './http/telemetry.ts'
import { loggable } from './shared/loggable.ts'
import { type Trace, untraced } from './shared/trace.ts'
import type { Figures } from './webhooks/runner.ts'
import { tellDenied } from './webhooks/tell-denied.ts'

export type AppDependencies = {
  db: Database
  factsCache: FactsCache
  logger: Logger
  now: () => Date
  /** Seals secrets at rest. */
  secret: string
  production: boolean
  /** Origins of pages that may call beside those of sessions. */
  origins: readonly string[]
  /** Webhooks may go to http and to private addresses, for development and for receivers in the house's own network. */
  privateWebhooks?: boolean
  /** What was sent to webhooks, for metrics. */
  webhookFigures?: () => Figures
  /** What sessions may run beside the documents of the SDK; absent means: what their tenant has registered. */
  documents?: RegisteredDocuments
  /** What callers may spend; absent means: counted by this process alone. */
  allowances?: RateLimit
  /** Where somebody collects traces. */
  trace?: Trace
  /** Aborted when the server stops: streams end. */
  stopping?: AbortSignal
  /** Why the server cannot answer yet; absent when it can. */
  waitingFor?: () => string | undefined
  /** `/widgets.js` and what belongs to it, where it was built. */
  widgets?: Handler
  /** What is served at every path that is not ours. */
  site?: Handler
  /** Endpoints of a host application beside ours; undefined passes the request on. */
  host?: (request: Request) => Promise<Response | undefined>
}

export type App = (request: Request, connection?: Connection) => Promise<Response>

/** The whole server as one function from request to response. */
export function createApp(deps: AppDependencies): App {
  const { db, logger, now, secret, production, host, trace = untraced } = deps
  const onDenied = createDenials({
    now,
    onSpike: (spike) => {
      tellDenied(db, spike).catch((err: unknown) =>
        logger.error({ err: loggable(err) }, 'denied sessions could not be told of'),
      )
    },
  })
  const authenticate = createAuthenticator({ db, now, onDenied })
  const origins = createOrigins({ db, configured: deps.origins, now })
  const telemetry = createTelemetry(deps.webhookFigures)
  const graphql = graphqlHandler({
    ...{ db, authenticate, origins, now, secret, logger },
    server: createGraphqlServer({
      ...deps,
      webhooks: { secret, allowPrivate: deps.privateWebhooks ?? false },
      stopping: deps.stopping ?? new AbortController().signal,
    }),
  })
  const isReadable = (request: Request) =>
    request.method === 'GET' && request.headers.get('accept')?.includes('text/html')

  const nothing: Handler = () => Promise.reject(new Refused(404, 'There is nothing here.'))
  const { site = nothing, widgets = nothing } = deps
  const routes: Record<string, Handler> = {
    '/graphql': async (request, connection) =>
      !production && isReadable(request)
        ? (await import('./http/graphiql.ts')).graphiqlPage()
        : graphql(request, connection),
    '/embed/sessions': embedSessionsHandler({ db, authenticate, origins, now, secret }),
    '/ingest/events': ingestEventsHandler({ db, authenticate, now, trace }),
    '/ingest/files': ingestFilesHandler({ db, authenticate, now, trace }),
    '/ingest/stripe': stripeWebhookHandler({ db, secret, now, trace }),
    '/health/live': live,
    '/health/ready': readyHandler({ db, waitingFor: deps.waitingFor ?? (() => undefined) }),
    '/metrics': metricsHandler({ telemetry, authenticate }),
    '/widgets.js': widgets,
    '/widgets.css': widgets,
    '/widgets': widgets,
  }
  const SHARED = new Set(['/graphql', '/embed/sessions'])

  return (request, connection = { requestId: randomUUID() }) => {
    const { method, headers } = request
    const { pathname } = new URL(request.url)
    const route = Object.keys(routes).find((path) => pathname === path || pathname.startsWith(`${path}/`))
    const attributes = () => ({
      'http.request.method': method,
      'http.route': route ?? 'site',
      'nobishiro.request_id': connection.requestId,
    })
    return trace({ name: `${method} ${route ?? 'site'}`, attributes, headers }, async (note) => {
      const response = await respond(request, connection, route)
      note({ 'http.response.status_code': response.status })
      return response
    })
  }

  async function respond(request: Request, connection: Connection, route: string | undefined): Promise<Response> {
    const started = performance.now()
    const report = (cause: unknown) => {
      const { requestId } = connection
      if (request.signal.aborted) logger.debug({ requestId, route }, 'nobody waits for the answer any more')
      else logger.error({ requestId, route, err: loggable(cause) }, 'request failed')
    }
    let response: Response
    try {
      const isPreflight = request.method === 'OPTIONS' && route !== undefined && SHARED.has(route)
      response = isPreflight ? preflight() : await answer()
    } catch (error) {
      response = answerError(error, connection.requestId, report)
    }
    response.headers.set('x-request-id', connection.requestId)
    withSecurityHeaders(response)
    telemetry.observe(route ?? 'site', request.method, response.status, (performance.now() - started) / 1_000)
    return route !== undefined && SHARED.has(route) ? withCors(request, response, origins) : response

    async function answer(): Promise<Response> {
      if (route !== undefined) return routes[route]!(request, connection)
      const hosted = await host?.(request)
      return hosted ? new Response(hosted.body, hosted) : site(request, connection)
    }
  }
}
