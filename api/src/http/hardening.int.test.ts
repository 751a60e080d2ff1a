import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query, TEST_ORIGIN } from '../testing/query.ts'

const EVIL = 'https://evil.example'
const URL = 'http://localhost/graphql'

async function aServer(db: Database, overrides: Parameters<typeof anApp>[1] = {}) {
  const { tenantId } = await aTenant(db)
  const app = anApp(db, overrides)
  return { app, tenantId, key: await aKey(db, tenantId), post: poster(app) }
}

/** Posts a body as it is. */
function poster(app: App) {
  return (body: string, headers: Record<string, string>, url = URL) =>
    app(new Request(url, { method: 'POST', body, headers }))
}

eachDatabase((open) => {
  describe('POST /graphql', () => {
    it('says who it needs before anything else, and never repeats what it was sent', async () => {
      const { post, key } = await aServer(await open())
      const json = { 'content-type': 'application/json' }
      const anonymous = await post('{"query":"{ viewer { kind } }"}', json)
      expect(anonymous.status).toBe(401)
      expect(await anonymous.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
      const broken = await post('{"query": "secret-in-the-body', { ...json, authorization: `Bearer ${key}` })
      expect(broken.status).toBe(400)
      expect(await broken.text()).not.toContain('secret-in-the-body')
      const wrong = await post('{}', { ...json, authorization: `Bearer ${key.slice(0, -1)}0` })
      expect(await wrong.text()).not.toContain(key.slice(10, 30))
    })

    it.each([
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
      'text/plain',
      '',
    ])('a body of type "%s" is refused: a page elsewhere could send it unasked', async (type) => {
      const { post, key } = await aServer(await open())
      const response = await post('query=mutation{revokeEmbedSessions(input:{all:true}){revoked}}', {
        authorization: `Bearer ${key}`,
        ...(type ? { 'content-type': type } : {}),
      })
      expect(response.status).toBe(415)
    })

    it('takes queries by GET from keys alone: no mutation, no session, no broken variables', async () => {
      const db = await open()
      const { app, tenantId, key } = await aServer(db)
      const get = (token: string, query: string, more = '') =>
        app(
          new Request(`${URL}?query=${encodeURIComponent(query)}${more}`, {
            headers: { authorization: `Bearer ${token}`, origin: TEST_ORIGIN },
          }),
        )
      expect((await get(key, '{viewer{kind}}')).status).toBe(200)
      expect((await get(await aSession(db, tenantId), '{viewer{kind}}')).status).toBe(405)
      expect((await get(key, 'mutation{revokeEmbedSessions(input:{all:true}){revoked}}')).status).toBe(405)
      expect((await get(key, '{viewer{kind}}', '&variables={')).status).toBe(400)
      expect((await get('nbk_x', '{viewer{kind}}')).status).toBe(401)
    })

    it('takes no array, no null', async () => {
      const { post, key } = await aServer(await open())
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      for (const body of ['[{"query":"{ viewer { kind } }"}]', 'null', '"text"', '{}', '{"query":1}']) {
        expect((await post(body, headers)).status, body).toBe(400)
      }
    })

    it('stops a body that is too large, whether its length was said or not', async () => {
      const { app, key } = await aServer(await open())
      const large = (size: number) =>
        JSON.stringify({ query: '{ viewer { kind } }', variables: { x: 'a'.repeat(size) } })
      const send = (token: string, body: string, stream: boolean) =>
        app(
          new Request(URL, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin: TEST_ORIGIN },
            body: stream ? new Blob([body]).stream() : body,
            duplex: 'half',
          } as RequestInit),
        )
      expect((await send(key, large(200_000), false)).status).toBe(200)
      expect((await send(key, large(300_000), false)).status).toBe(413)
      expect((await send(key, large(300_000), true)).status).toBe(413)
    })

    it('limits a session more than a key, and keeps introspection for keys', async () => {
      const db = await open()
      const { app, tenantId, key } = await aServer(db)
      const session = await aSession(db, tenantId)
      const padded = { query: '{ viewer { kind } }', variables: { x: 'a'.repeat(20_000) } }
      expect((await query(app, { token: key, ...padded })).status).toBe(200)
      expect((await query(app, { token: session, ...padded })).status).toBe(413)
      const introspection = '{ __schema { queryType { name } } }'
      expect((await query(app, { token: key, query: introspection })).data).toEqual({
        __schema: { queryType: { name: 'Query' } },
      })
      expect(await query(app, { token: session, query: introspection })).toMatchObject({
        data: undefined,
        errors: [{ extensions: { code: 'FORBIDDEN' } }],
      })
    })

    it('refuses documents that are too long, and names the code of every fault', async () => {
      const { app, key } = await aServer(await open())
      const long = `{ viewer { ${'kind '.repeat(1_000)} } }`
      const accept = { accept: 'application/graphql-response+json' }
      expect(await query(app, { token: key, query: long, headers: accept })).toMatchObject({
        status: 400,
        data: undefined,
      })
      expect((await query(app, { token: key, query: '{ nothing }' })).errors![0]!.extensions['code']).toBe(
        'GRAPHQL_VALIDATION_FAILED',
      )
      const answer = await query(app, { token: key, query: '{ viewer { kind } }' })
      expect(answer.extensions).toEqual({ cost: { requested: 1, available: expect.any(Number), restoreRate: 100 } })
    })

    it('answers 429 with the time to wait when a caller has spent its allowance', async () => {
      const db = await open()
      const { app, tenantId, key } = await aServer(db)
      const dear = '{ accounts(first: 60) { edges { node { movements(first: 60) { edges { node { id } } } } } } }'
      const started = performance.now()
      const answers = await Promise.all(Array.from({ length: 14 }, () => query(app, { token: key, query: dear })))
      // Who asks again at once, from however many connections, asks once a second.
      expect(performance.now() - started).toBeGreaterThan(990)
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThan(0)
      expect(refused[0]!.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
      expect(refused[0]!.errors![0]!.extensions).toMatchObject({ code: 'RATE_LIMITED', cost: { restoreRate: 100 } })
      const other = await aKey(db, tenantId)
      expect((await query(app, { token: other, query: '{ viewer { kind } }' })).status).toBe(200)
    })

    it('masks what it did not expect, and gives the request id to quote', async () => {
      const broken = await open()
      const { app, key } = await aServer(broken, {
        factsCache: {
          current: () => Promise.reject(new Error('password=hunter2')),
          read: () => Promise.reject(new Error('password=hunter2')),
          readAsOf: () => Promise.reject(new Error('password=hunter2')),
        },
      })
      const answer = await query(app, { token: key, query: '{ viewer { dataThrough } }' })
      expect(answer.text).not.toContain('hunter2')
      expect(answer.errors![0]).toMatchObject({
        extensions: { code: 'INTERNAL', requestId: answer.headers.get('x-request-id') },
      })
    })
  })

  describe('pages of other origins', () => {
    it('are never echoed, and cookies never allowed', async () => {
      const { app, key } = await aServer(await open())
      const preflight = await app(
        new Request(URL, { method: 'OPTIONS', headers: { origin: EVIL, 'access-control-request-method': 'POST' } }),
      )
      const answer = await query(app, { token: key, query: '{ viewer { kind } }', headers: { origin: EVIL } })
      for (const { headers } of [preflight, answer]) {
        expect(headers.get('access-control-allow-origin')).toBeNull()
        expect(headers.get('access-control-allow-credentials')).toBeNull()
        expect(headers.get('vary')).toContain('origin')
      }
    })

    it('are allowed when configured, or while a session of theirs lives', async () => {
      const db = await open()
      const { app, tenantId } = await aServer(db, { origins: ['https://console.example.com'] })
      const allowed = async (origin: string) => {
        const response = await app(new Request(URL, { method: 'OPTIONS', headers: { origin } }))
        return response.headers.get('access-control-allow-origin') === origin
      }
      const token = await aSession(db, tenantId)
      expect(await allowed('https://console.example.com')).toBe(true)
      expect(await allowed(TEST_ORIGIN)).toBe(true)
      expect(await allowed(EVIL)).toBe(false)
      const answer = await query(app, { token, query: '{ viewer { kind } }' })
      expect(answer.headers.get('access-control-allow-origin')).toBe(TEST_ORIGIN)
      expect((await query(app, { token, query: '{ viewer { kind } }', headers: { origin: EVIL } })).status).toBe(403)
    })
  })

  describe('every answer', () => {
    it('carries the headers that keep browsers from guessing, keeping or framing', async () => {
      const { app, key } = await aServer(await open())
      const asked = [
        app(new Request('http://localhost/health/live')),
        app(new Request('http://localhost/nothing')),
        app(new Request(URL, { method: 'POST' })),
        query(app, { token: key, query: '{ viewer { kind } }' }),
      ]
      for (const { headers } of await Promise.all(asked)) {
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('content-security-policy')).toContain("default-src 'none'")
        expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      }
    })

    it('of GraphiQL comes outside production only', async () => {
      const db = await open()
      const { app } = await aServer(db)
      const page = () => new Request(URL, { headers: { accept: 'text/html' } })
      expect((await app(page())).headers.get('content-type')).toContain('text/html')
      expect((await anApp(db, { production: true })(page())).status).toBe(401)
    })

    it('of /metrics is for this machine or an admin key', async () => {
      const db = await open()
      const { app, tenantId, key } = await aServer(db)
      const metrics = (address: string, headers: Record<string, string> = {}) =>
        app(new Request('http://localhost/metrics', { headers }), { requestId: 'r', address })
      const local = await metrics('127.0.0.1')
      expect(local.status).toBe(200)
      expect(await local.text()).not.toContain(tenantId)
      expect((await metrics('10.0.0.7')).status).toBe(401)
      expect((await metrics('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' })).status).toBe(401)
      expect((await metrics('10.0.0.7', { authorization: `Bearer ${key}` })).status).toBe(403)
      const admin = await aKey(db, tenantId, ['admin'])
      expect((await metrics('10.0.0.7', { authorization: `Bearer ${admin}` })).status).toBe(200)
    })
  })

  describe('POST /embed/sessions', () => {
    it('mints for a key with embed:create, and for nobody else', async () => {
      const db = await open()
      const { post, tenantId, key } = await aServer(db)
      const url = 'http://localhost/embed/sessions'
      const mint = (token: string, body: object) =>
        post(
          JSON.stringify(body),
          { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin: TEST_ORIGIN },
          url,
        )
      const input = { viewer: 'TENANT', origins: [TEST_ORIGIN] }
      const minted = await mint(key, input)
      expect(minted.status).toBe(201)
      expect(Object.keys((await minted.json()) as object).sort()).toEqual([
        'expiresAt',
        'serverTime',
        'sessionId',
        'token',
      ])
      expect((await mint(await aKey(db, tenantId, ['read']), input)).status).toBe(403)
      expect((await mint(await aSession(db, tenantId), input)).status).toBe(403)
      const unknown = await mint(key, { ...input, accounts: ['cus_1'] })
      expect(await unknown.json()).toMatchObject({
        errors: [{ extensions: { code: 'INVALID_INPUT', field: 'input.accounts' } }],
      })
    })
  })
})
