import type { Database } from '@nobishiro/prisma'
import { type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { keepDocuments, listDocuments, sha256Of } from '../access/documents/registered.ts'
import { createKey, listKeys } from '../access/keys.ts'
import { listSessions, mintSession } from '../access/sessions.ts'
import { correct } from '../corrections/correct.ts'
import { listCorrections } from '../corrections/list-corrections.ts'
import { accept } from '../ingest/accept.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { readSegments } from '../segments/read-segments.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { anApp, query, TEST_SECRET } from '../testing/query.ts'
import { createEndpoint, listEndpoints } from '../webhooks/endpoints.ts'
import { globalId, parseGlobalId } from './ids.ts'
import { schema } from './schema.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const CHANGE = { by: 'test', now: NOW }
const documentOf = (name: string) => `query Of_${name} { viewer { kind } }`

/** Ids of one tenant, as its own administrator knows them. */
type Ids = Record<
  | 'account'
  | 'accountId'
  | 'subscription'
  | 'product'
  | 'plan'
  | 'segment'
  | 'correction'
  | 'key'
  | 'session'
  | 'document'
  | 'webhook',
  string
>

/** What nobody has: the same kinds of ids. */
const ABSENT: Ids = {
  account: globalId('Account', 'stripe:absent'),
  accountId: 'stripe:absent',
  subscription: globalId('Subscription', 'stripe:sub-absent'),
  product: globalId('Product', 'stripe:absent'),
  plan: globalId('Plan', 'stripe:absent/absent'),
  segment: globalId('Segment', 'absent'),
  correction: 'absent',
  key: 'nobodys00000',
  session: 'nobodys00000',
  document: `sha256:${'0'.repeat(64)}`,
  webhook: 'wh_nobodys',
}

const reason = 'reason: "r"'
const filtered = (rule: string) =>
  `createEmbedSession(input: { viewer: TENANT, filters: { not: { ${rule} } }, origins: ["https://a.example"] }) { sessionId }`
const shares = (mutation: string, id: string) =>
  `${mutation}(input: { partner: "globex", accountIds: ["${id}"] }) { accounts }`
const segmentOf = ({ key }: Ids, rule: string) =>
  `saveSegment(input: { name: "${key}", rule: ${rule} }) { name rule accounts }`

/** Every argument of a mutation that takes an id, and how it is tried. */
const ATTEMPTS: Record<string, (ids: Ids, own: Ids) => string> = {
  'connectSubscriptions.input.old': (ids, own) =>
    `connectSubscriptions(input: { old: "${ids.subscription}", new: "${own.subscription}", ${reason} }) { correction { id } }`,
  'connectSubscriptions.input.new': (ids, own) =>
    `connectSubscriptions(input: { old: "${own.subscription}", new: "${ids.subscription}", ${reason} }) { correction { id } }`,
  'createEmbedSession.input.accountIds': (ids) =>
    `createEmbedSession(input: { viewer: ACCOUNT, accountIds: ["${ids.accountId}"], origins: ["https://a.example"] }) { sessionId }`,
  'createEmbedSession.input.segmentIds': (ids) =>
    `createEmbedSession(input: { viewer: SEGMENT, segmentIds: ["${ids.segment}"], origins: ["https://a.example"] }) { sessionId }`,
  'createEmbedSession.input.filters.accountIds': (ids) => filtered(`accountIds: ["${ids.account}"]`),
  'createEmbedSession.input.filters.planId': (ids) => filtered(`planId: ["${ids.plan}"]`),
  'createEmbedSession.input.filters.productId': (ids) => filtered(`productId: ["${ids.product}"]`),
  'deleteWebhook.id': (ids) => `deleteWebhook(id: "${ids.webhook}")`,
  'enableWebhook.id': (ids) => `enableWebhook(id: "${ids.webhook}") { id }`,
  'replayWebhook.id': (ids) => `replayWebhook(id: "${ids.webhook}")`,
  'rotateWebhookSecret.id': (ids) => `rotateWebhookSecret(id: "${ids.webhook}") { id }`,
  'testWebhook.id': (ids) => `testWebhook(id: "${ids.webhook}")`,
  'deleteSegment.id': (ids) => `deleteSegment(id: "${ids.segment}") { name }`,
  'excludeAccount.input.account': (ids) =>
    `excludeAccount(input: { account: "${ids.account}", ${reason} }) { correction { id } }`,
  'mergeAccounts.input.from': (ids, own) =>
    `mergeAccounts(input: { from: "${ids.account}", into: "${own.account}", ${reason} }) { correction { id } }`,
  'mergeAccounts.input.into': (ids, own) =>
    `mergeAccounts(input: { from: "${own.account}", into: "${ids.account}", ${reason} }) { correction { id } }`,
  'reclassifyMovement.input.account': (ids) =>
    `reclassifyMovement(input: { account: "${ids.account}", month: "2026-03-01", to: SEAT, ${reason} }) { correction { id } }`,
  'removeDocument.documentId': (ids) => `removeDocument(documentId: "${ids.document}")`,
  'revokeApiKey.id': (ids) => `revokeApiKey(id: "${ids.key}")`,
  'rotateApiKey.id': (ids) => `rotateApiKey(id: "${ids.key}") { id }`,
  'revokeEmbedSessions.input.sessionId': (ids) =>
    `revokeEmbedSessions(input: { sessionId: "${ids.session}" }) { revoked }`,
  'revokeEmbedSessions.input.accountId': (ids) =>
    `revokeEmbedSessions(input: { accountId: "${ids.accountId}" }) { revoked }`,
  'revokeEmbedSessions.input.segmentId': (ids) =>
    `revokeEmbedSessions(input: { segmentId: "${ids.segment}" }) { revoked }`,
  'saveSegment.input.id': (ids) =>
    `saveSegment(input: { id: "${ids.segment}", name: "s", rule: { seats: { min: 0 } } }) { name }`,
  'eraseAccount.account': (ids) => `eraseAccount(account: "${ids.account}") { deliveries }`,
  'saveSegment.input.rule.accountIds': (ids) => segmentOf(ids, `{ accountIds: ["${ids.account}"] }`),
  'saveSegment.input.rule.planId': (ids) => segmentOf(ids, `{ planId: ["${ids.plan}"] }`),
  'saveSegment.input.rule.productId': (ids) => segmentOf(ids, `{ productId: ["${ids.product}"] }`),
  'shareAccounts.input.accountIds': (ids) => shares('shareAccounts', ids.account),
  'unshareAccounts.input.accountIds': (ids) => shares('unshareAccounts', ids.account),
  'undoCorrection.input.correction': (ids) =>
    `undoCorrection(input: { correction: "${ids.correction}", ${reason} }) { correction { id } }`,
}

/** Arguments of strings that name something of a tenant; all of type ID do. */
const NAMES_SOMETHING = /^(id|sessionId|accountId|accountIds|documentId)$/

/** Paths to every argument of a mutation, inputs included, that takes an id. */
function idsTaken(): string[] {
  const paths = (path: string, name: string, type: GraphQLInputType, above: readonly string[]): string[] => {
    const named = getNamedType(type)
    if (named.name === 'ID' || (named.name === 'String' && NAMES_SOMETHING.test(name))) return [path]
    if (!isInputObjectType(named) || above.includes(named.name)) return []
    const fields = Object.values(named.getFields())
    return fields.flatMap((field) => paths(`${path}.${field.name}`, field.name, field.type, [...above, named.name]))
  }
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
  return mutations.flatMap((field) =>
    field.args.flatMap((arg) => paths(`${field.name}.${arg.name}`, arg.name, arg.type, [])),
  )
}

it('every argument of a mutation that takes an id is tried', () => {
  expect(Object.keys(ATTEMPTS).sort()).toEqual(idsTaken().sort())
})

/** Fills a tenant and gives its ids; `key` may do everything. */
async function fill(db: Database, tenantId: string, name: string): Promise<{ ids: Ids; token: string }> {
  const context = await aTenant(db, { id: tenantId })
  const holding = (at: string, seats: number) =>
    aSubscription({
      account: name,
      subscription: `sub-${name}`,
      at,
      items: [anItem(name, seats, aPrice('1000'), { product: name })],
    })
  await accept(db, context, [
    delivered('1', anAccount(name, '2025-02-01T00:00:00.000Z')),
    delivered('2', holding('2025-02-10T00:00:00.000Z', 3)),
    delivered('3', holding('2026-03-10T00:00:00.000Z', 9)),
  ])
  const change = { ...CHANGE, tenantId }
  await correct(
    db,
    { ...context, by: 'key:k' },
    {
      asked: { kind: 'RECLASSIFY_MOVEMENT', account: name, month: '2026-03', to: 'USAGE' },
      reason: 'r',
      idempotencyKey: name,
    },
  )
  const segment = await saveSegment(db, { tenantId, now: NOW }, { name: 'theirs', rule: { seats: { min: 0 } } })
  const { id: key, token } = await createKey(db, { ...change, name: 'a', scopes: ['admin'] })
  const { sessionId } = await mintSession(
    db,
    { tenantId, keyId: key },
    { accountIds: [name], origins: ['https://a.example'] },
    NOW,
  )
  await keepDocuments(db, change, [{ name, text: documentOf(name) }])
  const rules = { secret: TEST_SECRET, allowPrivate: false }
  const webhook = await createEndpoint(db, change, { url: 'https://example.com', events: ['month.closed'] }, rules)
  const [correction] = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => listCorrections(tx, tenantId))
  return {
    token,
    ids: {
      account: globalId('Account', `stripe:${name}`),
      accountId: `stripe:${name}`,
      subscription: globalId('Subscription', `stripe:sub-${name}`),
      product: globalId('Product', `stripe:${name}`),
      plan: globalId('Plan', `stripe:${name}/${name}`),
      segment: globalId('Segment', segment.id),
      correction: correction!.id,
      key,
      session: sessionId,
      document: `sha256:${sha256Of(documentOf(name))}`,
      webhook: webhook.id,
    },
  }
}

/** All that a mutation could have changed. */
function stateOf(db: Database, tenantId: string): Promise<unknown> {
  const context = { tenantId, viewer: 'TENANT' } as const
  return Promise.all([
    db.withTenant(context, (tx) => ledgerHash(tx, tenantId)),
    db.withTenant(context, (tx) => listCorrections(tx, tenantId)),
    db.withTenant(context, (tx) => readSegments(tx, tenantId)),
    listKeys(db, tenantId),
    listSessions(db, tenantId, NOW),
    listDocuments(db, tenantId),
    listEndpoints(db, tenantId),
  ])
}

/** Ids as they were sent, and as they are inside. */
const spellings = (ids: Ids) =>
  Object.values(ids).flatMap((id) => [id, parseGlobalId(id)?.id ?? id.replace('sha256:', '')])

eachDatabase((open) => {
  describe('an id of another tenant', () => {
    it('is answered as one that nobody has, at every argument, and changes nothing there', async () => {
      const db = await open()
      const own = await fill(db, 'tenant-a', 'mine')
      const theirs = await fill(db, 'tenant-b', 'foreign')
      const before = await stateOf(db, 'tenant-b')
      const ask = asking(db, own.token)
      for (const [path, attempt] of Object.entries(ATTEMPTS)) {
        const foreign = await ask(attempt(theirs.ids, own.ids), theirs.ids)
        const absent = await ask(attempt(ABSENT, own.ids), ABSENT)
        expect(foreign, path).toBe(absent)
        expect(await stateOf(db, 'tenant-b'), path).toEqual(before)
      }
    })
  })

  it('an id that is not shared with a partner is answered to its key as one that nobody has, and changes nothing', async () => {
    const db = await open()
    const { ids } = await fill(db, 'tenant-a', 'mine')
    const scopes = ['read', 'embed:create']
    const { token } = await createKey(db, { ...CHANGE, tenantId: 'tenant-a', name: 'p', partner: 'globex', scopes })
    const ask = asking(db, token)
    await ask('__typename', ABSENT) // its first use is noted
    const before = await stateOf(db, 'tenant-a')
    for (const [path, attempt] of Object.entries(ATTEMPTS)) {
      expect(await ask(attempt(ids, ids), ids), path).toBe(await ask(attempt(ABSENT, ids), ABSENT))
      expect(await stateOf(db, 'tenant-a'), path).toEqual(before)
    }
  })
})

/** Asks with a credential; answers without the ids that were asked about. */
function asking(db: Database, token: string) {
  const app = anApp(db)
  return async (mutation: string, ids: Ids) => {
    const { data, errors } = await query(app, { token, query: `mutation { ${mutation} }` })
    const plain = JSON.stringify([data, errors]).replaceAll(/foreign|absent|mine/g, 'ID')
    return spellings(ids).reduce((said, id) => said.replaceAll(id, 'ID'), plain)
  }
}
