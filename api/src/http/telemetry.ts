import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Authenticate } from '../access/authenticate.ts'
import { hasScope } from '../access/principal.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Figures } from '../webhooks/runner.ts'
import type { Handler } from './handler.ts'

/** What Prometheus reads. Labels are routes and statuses: never a tenant, an account or a token. */
export function createTelemetry(webhookFigures?: () => Figures) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'nobishiro_http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  if (webhookFigures) observeWebhooks(registry, webhookFigures)
  return {
    observe: (route: string, method: string, status: number, seconds: number) =>
      duration.observe({ route, method, status: String(status) }, seconds),
    read: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function observeWebhooks(registry: Registry, figures: () => Figures): void {
  const attempts = new Counter({
    name: 'nobishiro_webhook_attempts_total',
    help: 'Attempts to deliver an event, by how they ended.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      const { delivered, failed } = figures()
      this.reset()
      attempts.inc({ outcome: 'delivered' }, delivered)
      attempts.inc({ outcome: 'failed' }, failed)
    },
  })
  const disabled = new Counter({
    name: 'nobishiro_webhook_endpoints_disabled_total',
    help: 'Endpoints that were disabled because they failed.',
    registers: [registry],
    collect() {
      this.reset()
      disabled.inc(figures().disabled)
    },
  })
  new Gauge({
    name: 'nobishiro_webhook_attempts_under_way',
    help: 'Attempts under way.',
    registers: [registry],
    collect() {
      this.set(figures().underWay)
    },
  })
}

export type Telemetry = ReturnType<typeof createTelemetry>

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** `GET /metrics`: from this machine (not through a proxy), or with an admin key. */
export function metricsHandler({
  telemetry,
  authenticate,
}: {
  telemetry: Telemetry
  authenticate: Authenticate
}): Handler {
  return async (request, { address }) => {
    const isLocal = address !== undefined && LOOPBACK.has(address) && !request.headers.has('x-forwarded-for')
    if (!isLocal && !hasScope(await authenticate(request.headers), 'admin')) {
      throw new ExpectedError('FORBIDDEN', 'Reading metrics from elsewhere takes an API key with the scope "admin".')
    }
    return new Response(await telemetry.read(), { headers: { 'content-type': telemetry.contentType } })
  }
}
