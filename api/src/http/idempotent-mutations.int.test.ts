import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { sha256Of } from '../access/documents/registered.ts'
import { createKey } from '../access/keys.ts'
import { mintSession } from '../access/sessions.ts'
import { globalId } from '../graphql/ids.ts'
import { schema } from '../graphql/schema.ts'
import { accept } from '../ingest/accept.ts'
import { anAccount, aSubscription, delivered } from '../testing/build.ts'
import { counted } from '../testing/counted.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query, TEST_SECRET } from '../testing/query.ts'
import { aLedger, basic } from '../testing/small-ledger.ts'
import { createEndpoint } from '../webhooks/endpoints.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const LATER = new Date('2026-11-23T00:00:01Z')
const DOCUMENT = 'query Mine { viewer { kind } }'
const MAKE = 'mutation { createApiKey(input: { name: "bi", scopes: ["read"] }) { id token } }'

const account = (name: string) => globalId('Account', `stripe:${name}`)
const because = 'reason: "r"'
const correcting = '{ correction { id accounts { name mrr { amount } } } }'

type Known = { webhook: string; key: string; other: string; session: string; segment: string; correction: string }

/** Every mutation, as somebody would send it; what is shown of money is read of facts. */
const MUTATIONS: Record<string, (known: Known) => string> = {
  closeMonth: () => 'closeMonth(month: "2026-09-01") { month version }',
  connectSubscriptions: () =>
    `connectSubscriptions(input: { old: "${globalId('Subscription', 'stripe:sub_b')}", new: "${globalId('Subscription', 'stripe:sub_c')}", gapDays: 20, ${because} }) ${correcting}`,
  createApiKey: () => 'createApiKey(input: { name: "bi", scopes: ["read"] }) { id token }',
  createEmbedSession: () =>
    'createEmbedSession(input: { viewer: TENANT, origins: ["https://a.example"] }) { sessionId token }',
  createWebhook: () => 'createWebhook(input: { url: "https://example.com", events: ["month.closed"] }) { id secret }',
  enableWebhook: ({ webhook }) => `enableWebhook(id: "${webhook}") { id disabledAt }`,
  replayWebhook: ({ webhook }) => `replayWebhook(id: "${webhook}")`,
  rotateWebhookSecret: ({ webhook }) => `rotateWebhookSecret(id: "${webhook}") { id secret }`,
  testWebhook: ({ webhook }) => `testWebhook(id: "${webhook}")`,
  deleteWebhook: ({ webhook }) => `deleteWebhook(id: "${webhook}")`,
  deleteSegment: ({ segment }) => `deleteSegment(id: "${segment}") { name accounts }`,
  eraseAccount: () => `eraseAccount(account: "${account('fir')}") { wasErased deliveries accounts { id name } }`,
  setRetention: () => 'setRetention(days: 90) { days }',
  excludeAccount: () => `excludeAccount(input: { account: "${account('dogwood')}", ${because} }) ${correcting}`,
  mapCatalog: () =>
    `mapCatalog(input: { prices: [{ source: "stripe", price: "price_basic_1000", rank: 1 }], ${because} }) ${correcting}`,
  mergeAccounts: () =>
    `mergeAccounts(input: { from: "${account('elm')}", into: "${account('birch')}", ${because} }) ${correcting}`,
  reclassifyMovement: () =>
    `reclassifyMovement(input: { account: "${account('aozora')}", month: "2026-03-01", to: USAGE, ${because} }) ${correcting}`,
  registerDocuments: () => 'registerDocuments(documents: ["query Other { viewer { kind } }"]) { documentId }',
  removeDocument: () => `removeDocument(documentId: "sha256:${sha256Of(DOCUMENT)}")`,
  revokeApiKey: ({ key }) => `revokeApiKey(id: "${key}")`,
  revokeEmbedSessions: ({ session }) => `revokeEmbedSessions(input: { sessionId: "${session}" }) { revoked }`,
  rotateApiKey: ({ other }) => `rotateApiKey(id: "${other}") { id token }`,
  saveSegment: () => 'saveSegment(input: { name: "large", rule: { seats: { min: 20 } } }) { id name accounts }',
  setCosts: () => `setCosts(costs: { grossMargin: "0.7" }, ${because}) { grossMargin }`,
  setRecognitionPolicy: () => `setRecognitionPolicy(policy: { paused: KEEP }, ${because}) { revision }`,
  setTarget: () => 'setTarget(metric: nrr, from: "2026-10-01", value: "1.1") { value }',
  shareAccounts: () =>
    `shareAccounts(input: { partner: "Kumo", accountIds: ["${account('aozora')}"] }) { partner accounts }`,
  unshareAccounts: () => 'unshareAccounts(input: { partner: "Kumo", all: true }) { partner accounts }',
  undoCorrection: ({ correction }) =>
    `undoCorrection(input: { correction: "${correction}", ${because} }) ${correcting}`,
}

it('every mutation is tried', () => {
  expect(Object.keys(MUTATIONS).sort()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort())
})

eachDatabase((open) => {
  async function aTenantWithAll() {
    const db = await open()
    const { tenantId } = await aLedger(db)
    await accept(db, { tenantId, source: 'stripe', clock: () => NOW }, [
      delivered('d', anAccount('dogwood', '2025-01-01T00:00:00.000Z')),
      delivered('e', anAccount('elm', '2025-01-01T00:00:00.000Z')),
      delivered('f', anAccount('fir', '2025-01-01T00:00:00.000Z')),
      delivered(
        'b3',
        aSubscription({ account: 'birch', subscription: 'sub_c', at: '2026-06-20T00:00:00.000Z', items: [basic(7)] }),
      ),
    ])
    const change = { tenantId, by: 'test', now: NOW }
    const admin = await aKey(db, tenantId, ['admin'])
    const app = anApp(db)
    const send = (text: string, key?: string, token = admin, through = app) =>
      query(through, { token, query: text, headers: key === undefined ? {} : { 'idempotency-key': key } })
    const { id: key } = await createKey(db, { ...change, name: 'old', scopes: ['read'] })
    const { id: other } = await createKey(db, { ...change, name: 'other', scopes: ['read'] })
    const rules = { secret: TEST_SECRET, allowPrivate: false }
    const { id: webhook } = await createEndpoint(
      db,
      change,
      { url: 'https://example.com', events: ['month.closed'] },
      rules,
    )
    await see(db, tenantId, (tx) => tx.webhookEndpoint.updateMany({ where: { tenantId }, data: { disabledAt: NOW } }))
    const { sessionId: session } = await mintSession(
      db,
      { tenantId, keyId: key },
      { viewer: 'TENANT', origins: ['https://a.example'] },
      NOW,
    )
    const said = await send(`mutation {
      registerDocuments(documents: ["${DOCUMENT}"]) { name }
      saveSegment(input: { name: "all", rule: { seats: { min: 0 } } }) { id }
      excludeAccount(input: { account: "${account('cedar')}", ${because} }) { correction { id } }
    }`)
    expect(said.errors).toBeUndefined()
    const made = said.data as { saveSegment: { id: string }; excludeAccount: { correction: { id: string } } }
    const known = {
      webhook,
      key,
      other,
      session,
      segment: made.saveSegment.id,
      correction: made.excludeAccount.correction.id,
    }
    const keys = () => see(db, tenantId, (tx) => tx.apiKey.count())
    return { db, tenantId, app, send, known, keys, admin }
  }

  const see = <T>(db: Database, tenantId: string, read: Parameters<typeof db.withTenant<T>>[1]) =>
    db.withTenant({ tenantId, viewer: 'TENANT' }, read)

  describe('a mutation with an Idempotency-Key', () => {
    it('is one transaction with its answer, which is given again, whichever it is', async () => {
      const { db, tenantId, known } = await aTenantWithAll()
      const counting = counted(db)
      const app = anApp(counting)
      const admin = await aKey(db, tenantId, ['admin'])
      await query(app, { token: admin, query: '{ viewer { kind } }' }) // its key is known from here on
      for (const [name, text] of Object.entries(MUTATIONS)) {
        const before = counting.transactions
        const send = () =>
          query(app, { token: admin, query: `mutation { ${text(known)} }`, headers: { 'idempotency-key': name } })
        const first = await send()
        expect([name, first.errors]).toEqual([name, undefined])
        expect([name, counting.transactions]).toEqual([name, before + 1])
        const again = await send()
        const whole = ({ status, text: body, headers }: typeof first) => [status, body, headers.get('content-type')]
        expect(whole(again)).toEqual(whole(first))
      }
    })

    it('twenty at once have one effect, and are answered the same or told to wait', async () => {
      const { db, tenantId, send, keys, app, admin } = await aTenantWithAll()
      const before = await keys()
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(MAKE, 'k')))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
      expect(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1)
      expect(await keys()).toBe(before + 1)

      const sessions = () => see(db, tenantId, (tx) => tx.embedSession.count())
      const had = await sessions()
      const mint = async () => {
        const response = await app(
          new Request('http://localhost/embed/sessions', {
            method: 'POST',
            headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json', 'idempotency-key': 's' },
            body: JSON.stringify({ viewer: 'TENANT', origins: ['https://a.example'] }),
          }),
        )
        return { status: response.status, text: await response.text() }
      }
      const minted = await Promise.all(Array.from({ length: 20 }, mint))
      expect(new Set(minted.map(({ status }) => status))).toEqual(new Set([201, 409]))
      expect(await mint()).toEqual(minted.find(({ status }) => status === 201))
      expect(await sessions()).toBe(had + 1)
    })

    it('processes that share a database do it once', async () => {
      const { db, send, keys } = await aTenantWithAll()
      const before = await keys()
      const apps = Array.from({ length: 5 }, () => anApp(db))
      const answers = await Promise.all(apps.map((app) => send(MAKE, 'k', undefined, app)))
      expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
      expect(await keys()).toBe(before + 1)
    })

    it('another body is refused, and so is another credential: it would be shown what was not made for it', async () => {
      const { db, tenantId, send, keys } = await aTenantWithAll()
      await send(MAKE, 'k')
      const before = await keys()
      const other = await send(MAKE.replace('"bi"', '"bo"'), 'k')
      expect([other.status, other.errors?.[0]?.extensions['code'], other.errors?.[0]?.message]).toEqual([
        422,
        'CONFLICT',
        'The Idempotency-Key k was used for another request. Take another key.',
      ])
      const reader = await aKey(db, tenantId, ['read'])
      const shown = await send(MAKE, 'k', reader)
      expect([shown.status, shown.text.includes('nbk_')]).toEqual([422, false])
      expect(await keys()).toBe(before + 1)
    })

    it('a secret that is shown once lies sealed, and opens with the secret of the server alone', async () => {
      const { db, tenantId, send, keys } = await aTenantWithAll()
      const first = await send(MAKE, 'k')
      const { token } = (first.data as { createApiKey: { token: string } }).createApiKey
      const before = await keys()
      const rows = await see(db, tenantId, (tx) => tx.idempotentAnswer.findMany())
      expect(rows.map(({ body, sealed }) => [body, (sealed?.length ?? 0) > token.length])).toEqual([['', true]])
      expect(Buffer.from(rows[0]?.sealed ?? []).toString('latin1')).not.toContain(token.slice(0, 12))
      const elsewhere = anApp(db, { secret: 'another secret of forty characters, for test' })
      const refused = await send(MAKE, 'k', undefined, elsewhere)
      expect([refused.status, refused.errors?.[0]?.message]).toEqual([
        409,
        expect.stringContaining('another NOBISHIRO_SECRET'),
      ])
      expect(await keys()).toBe(before)
    })

    it('with an error nothing of the operation stays, and the same request may be tried again', async () => {
      const { send, keys } = await aTenantWithAll()
      const before = await keys()
      const text = `mutation {
        a: createApiKey(input: { name: "bi", scopes: ["read"] }) { id token }
        b: createApiKey(input: { name: "bi", scopes: ["sing"] }) { id }
      }`
      const failed = await send(text, 'k')
      expect([failed.data, failed.errors?.[0]?.extensions['code']]).toEqual([null, 'INVALID_INPUT'])
      expect(await keys()).toBe(before)
      expect((await send(MAKE, 'k')).errors).toBeUndefined()
      expect(await keys()).toBe(before + 1)
    })

    it('a process that dies between the effect and the answer leaves neither', async () => {
      const { db, send, keys } = await aTenantWithAll()
      const before = await keys()
      const dying: Database = {
        ...db,
        withTenant: (context, work, options) =>
          db.withTenant(
            context,
            async (tx) => {
              const result = await work(tx)
              if ((await tx.idempotentAnswer.count()) > 0) throw new Error('killed')
              return result
            },
            options,
          ),
      }
      expect((await send(MAKE, 'k', undefined, anApp(dying))).status).toBe(500)
      expect(await keys()).toBe(before)
      expect((await send(MAKE, 'k')).errors).toBeUndefined()
      expect(await keys()).toBe(before + 1)
    })

    it('after 24 hours it is done again; a question is not kept at all', async () => {
      const { db, send, keys } = await aTenantWithAll()
      const before = await keys()
      await send(MAKE, 'k')
      const tomorrow = anApp(db, { now: () => LATER })
      await send(MAKE, 'k', undefined, tomorrow)
      expect(await keys()).toBe(before + 2)
      const ask = async () => (await send('{ apiKeys { id } }', 'q')).data as { apiKeys: unknown[] }
      const { length } = (await ask()).apiKeys
      await send(MAKE)
      expect((await ask()).apiKeys.length).toBe(length + 1)
    })
  })
})
