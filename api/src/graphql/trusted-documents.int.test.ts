import { describe, expect, it } from 'vitest'
import { createRegisteredDocuments, sha256Of } from '../access/documents/registered.ts'
import { released } from '../access/documents/released.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query, TEST_ORIGIN } from '../testing/query.ts'

const OWN = 'query Mine { viewer { kind } }'
const OTHER = 'query Other { viewer { scopes } }'
const idOf = (text: string) => `sha256:${sha256Of(text)}`

eachDatabase((open) => {
  async function aDoor() {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const app = anApp(db, { documents: createRegisteredDocuments(db) })
    const session = await aSession(db, tenantId)
    const admin = await aKey(db, tenantId, ['read', 'admin'])
    const send = async (token: string, body: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, origin: TEST_ORIGIN }
      const request = new Request('http://localhost/graphql', { method: 'POST', headers, body: JSON.stringify(body) })
      const response = await app(request)
      const { data, errors } = JSON.parse(await response.text())
      return { status: response.status, data, error: errors?.[0] }
    }
    const register = (documents: string[]) =>
      query(app, {
        token: admin,
        query: 'mutation ($documents: [String!]!) { registerDocuments(documents: $documents) { documentId name } }',
        variables: { documents },
      })
    return { db, app, tenantId, session, admin, send, register }
  }

  describe('a session', () => {
    it('runs the documents of the SDK, by id or by text, and nothing else', async () => {
      const { session, send } = await aDoor()
      const viewer = Object.values(released)
        .flatMap((documents) => Object.values(documents))
        .filter((text) => text.startsWith('query Viewer'))
      expect(viewer.length).toBeGreaterThan(0)
      for (const text of viewer) {
        expect((await send(session, { documentId: idOf(text) })).data.viewer.kind).toBe('TENANT')
        expect((await send(session, { query: text })).data.viewer.kind).toBe('TENANT')
      }
      for (const text of [OWN, '{ __schema { types { name } } }', 'mutation { __typename }', '']) {
        const refused = await send(session, { query: text })
        expect(refused.status).toBe(403)
        expect(refused.error.extensions.code).toBe('FORBIDDEN')
        expect(refused.error.message).toContain('nobishiro documents register')
      }
    })

    it('runs what its tenant has registered, until it is removed; another tenant’s does not', async () => {
      const { db, app, admin, session, send, register } = await aDoor()
      await aTenant(db, { id: 'other' })
      const stranger = await aSession(db, 'other')
      expect((await register([OWN])).data).toEqual({ registerDocuments: [{ documentId: idOf(OWN), name: 'Mine' }] })
      expect((await send(session, { documentId: idOf(OWN) })).data).toEqual({ viewer: { kind: 'TENANT' } })
      expect((await send(session, { query: OWN })).data).toEqual({ viewer: { kind: 'TENANT' } })
      expect((await send(session, { query: `${OWN} ` })).status).toBe(403)
      expect((await send(stranger, { documentId: idOf(OWN) })).status).toBe(404)
      expect((await send(stranger, { query: OWN })).status).toBe(403)
      await query(app, { token: admin, query: `mutation { removeDocument(documentId: "${idOf(OWN)}") }` })
      const fresh = anApp(db, { documents: createRegisteredDocuments(db) })
      expect((await query(fresh, { token: session, query: OWN })).status).toBe(403)
    })
  })

  describe('a list of documents', () => {
    const idsOf = (name: string) =>
      Object.values(released)
        .flatMap((documents) => Object.values(documents))
        .filter((text) => new RegExp(`^(query|subscription) ${name}\\b`).test(text))
        .map(idOf)
    const [VIEWER, DEFINITIONS, LIVE] = ['Viewer', 'Definitions', 'LedgerChanged'].map((name) => ({
      documentId: idsOf(name)[0]!,
    }))

    async function aList() {
      const door = await aDoor()
      const list = async (token: string, body: readonly unknown[]) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, origin: TEST_ORIGIN }
        const request = new Request('http://localhost/graphql', { method: 'POST', headers, body: JSON.stringify(body) })
        const response = await door.app(request)
        return { status: response.status, body: JSON.parse(await response.text()) }
      }
      return { ...door, list }
    }

    it('is answered in order, each as it is alone: worked out, given again, refused', async () => {
      const { session, send, list } = await aList()
      const unknown = { documentId: idOf(OWN), extensions: { sdk: '7.3.0' } }
      for (let again = 0; again < 2; again += 1) {
        const { status, body } = await list(session, [VIEWER, unknown, DEFINITIONS, LIVE])
        expect(status).toBe(200)
        expect(body.map(({ data }: { data?: object | null }) => Object.keys(data ?? {}))).toEqual([
          ['viewer'],
          [],
          ['definitions'],
          [],
        ])
        expect(body[0].data).toEqual((await send(session, VIEWER!)).data)
        expect(body[2].data).toEqual((await send(session, DEFINITIONS!)).data)
        expect(body[1].errors[0].extensions.code).toBe('VERSION_SKEW')
        expect(body[3].errors[0].message).toContain('answered by a stream')
      }
    })

    it('costs what its operations cost: those beyond the allowance say when to come back', async () => {
      const { session, list } = await aList()
      const full = Array.from({ length: 20 }, () => DEFINITIONS)
      let refused: { extensions: { code: string; retryAfter: number } } | undefined
      for (let round = 0; round < 200 && !refused; round += 1)
        refused = (await list(session, full)).body.flatMap(({ errors = [] }) => errors)[0]
      expect(refused?.extensions.code).toBe('RATE_LIMITED')
      expect(refused?.extensions.retryAfter).toBeGreaterThan(0)
    })

    const UNFIT: readonly (readonly [of: string, body: readonly unknown[]])[] = [
      ['none', []],
      ['more than twenty', Array.from({ length: 21 }, () => VIEWER)],
      ['a text', [VIEWER, { query: OWN }]],
      ['no operation', [VIEWER, null]],
    ]
    it('of none, of too many, of a text or of no operation is refused as a whole', async () => {
      const { session, list } = await aList()
      for (const [of, body] of UNFIT) {
        const answer = await list(session, body)
        expect([of, answer.status, answer.body.errors[0].extensions.code]).toEqual([of, 400, 'INVALID_INPUT'])
      }
    })

    it('is for sessions: a key sends one operation', async () => {
      const { admin, list } = await aList()
      expect((await list(admin, [VIEWER])).body.errors[0].message).toContain('one operation')
    })
  })

  it('a key runs what it likes, and what is known by its id', async () => {
    const { admin, send } = await aDoor()
    expect((await send(admin, { query: OTHER })).data.viewer.scopes).toContain('admin')
    expect((await send(admin, { documentId: idOf(OTHER) })).status).toBe(404)
  })

  it('an id of a newer SDK is refused with both versions', async () => {
    const { session, send } = await aDoor()
    const { status, error } = await send(session, { documentId: idOf(OWN), extensions: { sdk: '7.3.0' } })
    expect([status, error.extensions.code]).toEqual([409, 'VERSION_SKEW'])
    expect(error.message).toContain('sdk 7.3.0')
    expect(error.message).toContain('0.1.0')
  })

  const REFUSED: readonly (readonly [body: object, message: string])[] = [
    [{ documentId: 'b6a1df6f' }, 'documentId is "sha256:"'],
    [{ documentId: 7 }, 'documentId is "sha256:"'],
    [{ documentId: idOf(OWN), query: OWN }, 'not both'],
    [{}, '"query", the text of the operation, or a "documentId"'],
    [{ query: null }, '"query", the text of the operation, or a "documentId"'],
  ]
  it('a body without one document, known by a hash or written out, is refused', async () => {
    const { admin, session, send } = await aDoor()
    for (const [body, message] of REFUSED) {
      for (const token of [admin, session]) {
        const { status, error } = await send(token, body)
        expect([body, status]).toEqual([body, 400])
        expect(error.message).toContain(message)
      }
    }
  })

  const UNFIT = [
    ['mutation M { closeMonth(month: "2026-01-01") { month } }', 'is a mutation: sessions only read'],
    ['{ viewer { kind } }', 'names its operation'],
    ['query A { viewer { kind } } query B { viewer { kind } }', 'exactly one operation'],
    ['fragment F on Viewer { kind }', 'exactly one operation'],
    ['query A { viewer { kindd } }', 'Cannot query field "kindd" on type "Viewer"'],
    ['query A { viewer { kind }', 'Syntax Error: Expected Name, found <EOF>. (line 1, column 26)'],
    ['query A { __schema { types { name } } }', 'Introspection is for API keys only'],
    [`query A { viewer { kind } } #${'x'.repeat(20_000)}`, 'at most 16384'],
  ] as const
  it('what is no query of one name is not registered, nor what came with it', async () => {
    const { register, session, send } = await aDoor()
    for (const [unfit, message] of UNFIT) {
      const { errors } = await register([OWN, unfit])
      expect(errors?.[0]?.message).toContain(message)
      expect((await send(session, { query: OWN })).status).toBe(403)
    }
  })

  it('registering needs an admin key', async () => {
    const { db, app, tenantId } = await aDoor()
    const reader = await aKey(db, tenantId, ['read'])
    const { errors } = await query(app, {
      token: reader,
      query: 'mutation { registerDocuments(documents: ["x"]) { name } }',
    })
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN')
    const listed = await query(app, { token: reader, query: '{ trustedDocuments { name } }' })
    expect(listed.errors?.[0]?.extensions['code']).toBe('FORBIDDEN')
  })
})
