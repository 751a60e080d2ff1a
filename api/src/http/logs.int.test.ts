import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { saveStripeSource } from '../access/sources.ts'
import { signatureHeader } from '../ingest/sources/stripe/verify.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query, TEST_ORIGIN, TEST_SECRET } from '../testing/query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')

/** A logger at its most talkative, and all that it wrote. */
function listening() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { logger: pino({ level: 'trace' }, stream), text: () => lines.join('') }
}

eachDatabase((open) => {
  it('no credential, secret or body gets into the log, whatever goes wrong', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const log = listening()
    const broken = { ...db, withTenant: db.withTenant, tenants: db.tenants }
    const app = anApp(broken, { logger: log.logger })
    const [admin, session] = [await aKey(db, tenantId, ['admin']), await aSession(db, tenantId)]
    const post = (path: string, token: string, body: string, more: object = {}) =>
      app(
        new Request(`http://localhost${path}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${token}`,
            origin: TEST_ORIGIN,
            ...more,
          },
          body,
        }),
      )
    const bodies = [
      '{"query":"{ viewer { kind } }"}',
      '{"query":"sentinel-in-the-body',
      '{"query":"{ sentinel-in-the-body }"}',
    ]
    for (const token of [admin, session, `${admin}x`, session.slice(1)])
      for (const path of [
        '/graphql',
        '/embed/sessions',
        '/ingest/events',
        '/ingest/files',
        '/ingest/stripe/x',
        '/nothing',
      ])
        for (const body of bodies) await post(path, token, body, { 'stripe-signature': 't=1,v1=sentinel-in-the-body' })
    const minted = await query(app, {
      token: admin,
      query: `mutation { createApiKey(input: { name: "a", scopes: ["read"] }) { token } createEmbedSession(input: { viewer: TENANT, origins: ["${TEST_ORIGIN}"] }) { token } }`,
    })
    // What is signed and sound as far as the door, and cannot be read or kept behind it.
    await saveStripeSource(
      db,
      { tenantId, name: 'billing', webhookSecret: 'whsec_sentinel-of-the-source' },
      TEST_SECRET,
    )
    for (const raw of ['{"id":"sentinel-in-the-body"', '{"id":"evt","object":"event","type":"sentinel-in-the-body"}']) {
      const body = new TextEncoder().encode(raw)
      const signature = signatureHeader({ raw: body, secret: 'whsec_sentinel-of-the-source', now: NOW.getTime() })
      await post(`/ingest/stripe/${tenantId}.billing`, admin, raw, { 'stripe-signature': signature })
    }
    const event = '{"kind":"account","id":"e","at":"2026-01-01T00:00:00Z","account":"sentinel-in-the-body","name":"x"}'
    const lines = { 'content-type': 'application/x-ndjson' }
    const csv = { 'content-type': 'text/csv' }
    const batches = [event, `${event}\n{"kind":"sentinel-in-the-body"}`]
    for (const batch of batches) await post('/ingest/events', admin, batch, lines)
    await post('/ingest/files?kind=accounts', admin, 'account,name\nsentinel-in-the-body,"', csv)
    // What nobody expects is logged with its cause, and still without who asked.
    broken.withTenant = () => Promise.reject(new Error('the database is gone'))
    await query(app, { token: admin, query: '{ ingestionStatus { source } }' })
    for (const batch of batches) await post('/ingest/events', admin, batch, lines)
    await post('/ingest/files?kind=accounts', admin, 'account,name\nsentinel-in-the-body,x', csv)
    // The database's own words may quote a row, so of what it refuses only its code and its place are logged.
    broken.withTenant = (context, work, options) =>
      db.withTenant(
        context,
        async (tx) => {
          await work(tx)
          return tx.$queryRaw`SELECT 'sentinel-in-the-body'::int`
        },
        options,
      ) as never // it does not come so far
    await post('/ingest/events', admin, event, lines)
    expect(log.text()).toContain('the database is gone')
    const { createApiKey, createEmbedSession } = minted.data as Record<string, { token: string }>
    for (const token of [admin, session, createApiKey!.token, createEmbedSession!.token]) {
      const [, , secret] = token.split('_')
      expect(secret).toHaveLength(43)
      expect(log.text()).not.toContain(secret)
    }
    for (const text of ['sentinel-in-the-body', 'sentinel-of-the-source']) expect(log.text()).not.toContain(text)
    expect(log.text()).not.toContain('Bearer')
  })

  it('who leaves before the answer is no fault of ours', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const log = listening()
    const app = anApp(db, { logger: log.logger })
    const gone = new AbortController()
    const body = new ReadableStream({
      pull() {
        gone.abort()
        throw gone.signal.reason
      },
    })
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await aKey(db, tenantId)}` }
    const init = { method: 'POST', headers, body, duplex: 'half', signal: gone.signal } as RequestInit // Node streams bodies so
    await app(new Request('http://localhost/graphql', init))
    expect(log.text()).toContain('nobody waits for the answer any more')
    expect(log.text()).not.toContain('request failed')
  })
})
