import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aPowerfulKey, fill, secretsOf } from '../testing/isolation.ts'
import { anApp, query } from '../testing/query.ts'
import { tracedDatabase } from './traced-database.ts'
import { createTracing, type Tracing } from './tracing.ts'

/** What a collector is sent, as JSON of OTLP. */
type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
type Span = {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  status?: { code?: number }
  attributes: { key: string; value: Record<string, unknown> }[]
}

const bodies: string[] = []
const collector = createServer(async (request, response) => {
  bodies.push(await text(request))
  response.setHeader('content-type', 'application/json').end('{}')
})
let tracing: Tracing
beforeAll(async () => {
  await once(collector.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => collector.close())

eachDatabase((open) => {
  it('a trace has request, operation, transactions and ingest, and nothing of whose they are or what they say', async () => {
    const { port } = collector.address() as { port: number } // it listens on TCP
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${port}`
    bodies.length = 0
    tracing = createTracing()
    const { trace } = tracing
    const db = tracedDatabase(await open(), trace)
    await fill(db, 'tenant-a')
    const app = anApp(db, { trace })
    const token = await aPowerfulKey(db, 'tenant-a')
    const parent = '4bf92f3577b34da6a3ce929d0e0e4736'
    const asked = 'query Mine($id: String) { account(externalId: $id) { name mrr { minor } } }'
    const answer = await query(app, {
      token,
      query: asked,
      operationName: 'Mine',
      variables: { id: 'mine' },
      headers: { traceparent: `00-${parent}-00f067aa0ba902b7-01` },
    })
    expect(answer.text).toContain('sentinel-name-mine')
    const made = await query(app, {
      token,
      query: 'mutation { createApiKey(input: { name: "sentinel-key", scopes: ["read"] }) { token } }',
    })
    const send = (path: string, type: string, body: string) =>
      app(
        new Request(`http://localhost${path}`, {
          method: 'POST',
          body,
          headers: { authorization: `Bearer ${token}`, 'content-type': type },
        }),
      )
    const event = {
      kind: 'account',
      id: 'sentinel-event',
      at: '2026-01-05T00:00:00Z',
      account: 'mine',
      name: 'sentinel-name-mine',
    }
    expect((await send('/ingest/events', 'application/x-ndjson', JSON.stringify(event))).status).toBe(200)
    expect(
      (await send('/ingest/files?kind=accounts', 'text/csv', 'account,name\nmine,sentinel-name-mine\n')).status,
    ).toBe(200)
    expect((await send('/ingest/stripe/tenant-a.sentinel-source', 'application/json', '{}')).status).toBe(401)
    await expect(
      db.withTenant({ tenantId: 'tenant-a', viewer: 'TENANT' }, (tx) => tx.$queryRaw`SELECT 'sentinel-sql'::int`),
    ).rejects.toThrow('sentinel-sql')
    await tracing.close()

    const spans = bodies.flatMap((body) =>
      (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    )
    const ofMine = spans.filter(({ traceId }) => traceId === parent)
    const request = ofMine.find(({ name }) => name === 'POST /graphql')
    const operation = ofMine.find(({ name }) => name === 'operation')
    expect(operation).toBeDefined()
    expect(operation?.parentSpanId).toBe(request?.spanId)
    expect(
      ofMine.filter(({ name, parentSpanId }) => name === 'transaction' && parentSpanId === operation?.spanId),
    ).not.toEqual([])
    const attributes = Object.fromEntries(
      (operation?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]),
    )
    expect(attributes).toEqual({
      'graphql.operation.name': 'Mine',
      'graphql.document.hash': expect.stringMatching(/^[0-9a-f]{64}$/),
      'nobishiro.kept': false,
    })
    const names = new Set(spans.map(({ name }) => name))
    expect([...names]).toEqual(
      expect.arrayContaining(['POST /ingest/events', 'POST /ingest/files', 'POST /ingest/stripe', 'ingest']),
    )
    expect(spans.filter(({ status }) => status?.code === 2).length).toBeGreaterThan(0)

    const everything = bodies.join('\n')
    const { createApiKey } = made.data as { createApiKey: { token: string } }
    const secrets = [token, createApiKey.token].map((each) => each.split('_')[2]!)
    for (const secret of [...secrets, ...secretsOf('mine'), 'sentinel', 'tenant-a', 'account(', 'Bearer'])
      expect([secret, everything.includes(secret)]).toEqual([secret, false])
  })
})
