import type { Database } from '@nobishiro/prisma'
import type { GraphQLEnumType } from 'graphql'
import { beforeEach, describe, expect, it } from 'vitest'
import { createKey } from '../access/keys.ts'
import type { App } from '../app.ts'
import { correct } from '../corrections/correct.ts'
import { listCorrections } from '../corrections/list-corrections.ts'
import { accept } from '../ingest/accept.ts'
import { contact } from '../ingest/sources/observed.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { everyOperation } from '../testing/every-operation.ts'
import { anApp, aSession, query } from '../testing/query.ts'
import { globalId } from './ids.ts'
import { schema } from './schema.ts'

/** Distinct primes: an amount of one account is never that of another, nor a sum of its own. */
const HOLDINGS = {
  'tenant-a': { mine: [1_000_003, 1_000_033], sibling: [3_000_017, 3_000_029] },
  'tenant-b': { foreign: [7_000_003, 7_000_009] },
} as const

const ids = (kind: 'Account' | 'Subscription', accounts: readonly string[]) =>
  accounts.map((name) => globalId(kind, kind === 'Account' ? `stripe:${name}` : `stripe:sub-${name}`))
const EVERYONE = ['mine', 'sibling', 'foreign']
const CANDIDATES = {
  id: [...ids('Account', EVERYONE), ...ids('Subscription', EVERYONE)],
  ids: ids('Account', EVERYONE),
  accountIds: ids('Account', EVERYONE),
  parentIds: ids('Account', EVERYONE),
  externalId: EVERYONE,
  search: ['sentinel', 'foreign', 'sibling'],
  region: ['sentinel-region-foreign', 'sentinel-region-sibling', 'sentinel-region-mine'],
  productId: [globalId('Product', 'stripe:crm')],
  cohort: ['2025-02-01'],
  planId: [globalId('Plan', 'stripe:crm/crm')],
  paying: [true, false],
  window: [1, 3, 12],
  at: ['2026-10-01', '2026-03-01'],
  start: ['2025-01-01'],
  end: ['2027-01-01'],
  currency: ['USD'],
  key: ['note'],
  column: ['arpa'],
  segmentIds: [globalId('Segment', 'sentinel')],
  in: ['sentinel-note-foreign', 'sentinel-note-sibling'],
}

eachDatabase((open) => {
  describe('what a credential can see through any root field', () => {
    let db: Database
    let app: App
    let operations: { field: string; query: string }[]

    beforeEach(async () => {
      db = await open()
      for (const tenantId of Object.keys(HOLDINGS)) await fill(db, tenantId as keyof typeof HOLDINGS)
      app = anApp(db)
      operations = everyOperation(schema, CANDIDATES)
    })

    it('a key of A sees A and nothing of B', async () => {
      const answers = await runAll(app, operations, () => aPowerfulKey(db, 'tenant-a'))
      expectSeen(answers, ['mine', 'sibling'])
      expectUnseen(answers, ['foreign'])
    })

    it('a session of A sees A and nothing of B', async () => {
      const answers = await runAll(app, operations, () => aSession(db, 'tenant-a'))
      expectSeen(answers, ['mine', 'sibling'])
      expectUnseen(answers, ['foreign'])
    })

    it('a session of one account of A sees that account, and nothing of another account or of B', async () => {
      const answers = await runAll(app, operations, () => aSession(db, 'tenant-a', ['mine']))
      // What people note about it, and who brought it, is the vendor's own affair.
      const kept = ['sentinel-reason-mine', 'sentinel-partner-mine']
      expectSeen(answers, ['mine'], kept)
      expect(answers.filter(({ text }) => kept.some((secret) => text.includes(secret)))).toEqual([])
      expectUnseen(answers, ['sibling', 'foreign'])
    })

    it('groups by anything show what the viewer may see, and nothing of another account or of B', async () => {
      await saveSegment(
        db,
        { tenantId: 'tenant-b', now: new Date() },
        { name: 'sentinel-name-foreign', rule: { seats: { min: 0 } } },
      )
      await saveSegment(
        db,
        { tenantId: 'tenant-a', now: new Date() },
        { name: 'everyone', rule: { seats: { min: 0 } } },
      )
      const dimensions = (schema.getType('DimensionKind') as GraphQLEnumType).getValues().map(({ name }) => name)
      const grouped = dimensions.map((kind) => ({
        field: 'metrics',
        query: `{ metrics(keys: [${kind === 'STRATEGY' ? 'expansion' : 'mrr, nrr, expansion'}], range: { start: "2026-01-01", end: "2026-11-01" },
          by: [{ kind: ${kind}${kind === 'ATTRIBUTE' ? ', key: "note"' : ''} }]) {
          groups { label { en } keys { value label { en ja } } values { value numerator { value money { minor } } } total { value } } } }`,
      }))
      const own = await runAll(app, grouped, () => aPowerfulKey(db, 'tenant-a'))
      expect(own.filter(({ data }) => data === null)).toEqual([])
      expectUnseen(own, ['foreign'])
      const mine = await runAll(app, grouped, () => aSession(db, 'tenant-a', ['mine']))
      expect(mine.flatMap(({ data }, index) => (data === null ? dimensions[index] : []))).toEqual([
        'ATTRIBUTE',
        'PARENT',
        'SEGMENT',
      ])
      expectUnseen(mine, ['sibling', 'foreign'])
    })

    it('how sources fare is answered to a key, of its own tenant, and to no session', async () => {
      const asked = '{ ingestionStatus { source posted } }'
      const own = await query(app, { token: await aPowerfulKey(db, 'tenant-b'), query: asked })
      expect(own.data).toEqual({
        ingestionStatus: [
          { source: 'people', posted: 1 },
          { source: 'stripe', posted: 4 },
        ],
      })
      for (const token of [await aSession(db, 'tenant-a'), await aSession(db, 'tenant-a', ['mine'])])
        expect((await query(app, { token, query: asked })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    })

    it('B neither changes nor adds to any number of A', async () => {
      const alone = await open()
      await fill(alone, 'tenant-a')
      // Keys and the log of who made them are of this walk, not of the tenant's accounts.
      const asked = operations.filter(({ field }) => !['apiKeys', 'auditLog'].includes(field))
      const beside = await runAll(app, asked, () => aPowerfulKey(db, 'tenant-a'))
      const without = await runAll(anApp(alone), asked, () => aPowerfulKey(alone, 'tenant-a'))
      expect(beside.map(comparable)).toEqual(without.map(comparable))
    })

    it('mutations of A reach nothing of B', async () => {
      const foreign = await aSession(db, 'tenant-b')
      const token = await aPowerfulKey(db, 'tenant-a')
      const sessionId = foreign.slice(foreign.indexOf('.') + 1).split('_')[0]
      const revoke = 'mutation ($id: String) { revokeEmbedSessions(input: { sessionId: $id }) { revoked } }'
      const revoked = await query(app, { token, query: revoke, variables: { id: sessionId } })
      expect(revoked.data).toEqual({ revokeEmbedSessions: { revoked: 0 } })
      await query(app, { token, query: 'mutation { revokeEmbedSessions(input: { all: true }) { revoked } }' })
      const alive = await query(app, { token: foreign, query: '{ viewer { tenant { id } } }' })
      expect(alive.data).toEqual({ viewer: { tenant: { id: 'tenant-b' } } })
      const mint = `mutation { createEmbedSession(input: { viewer: ACCOUNT, accountIds: ["foreign"], origins: ["https://a.example"] }) { token } }`
      expect((await query(app, { token, query: mint })).errors?.[0]).toMatchObject({
        message: '"foreign" is not an account of this tenant.',
        extensions: { code: 'INVALID_INPUT' },
      })
    })

    it('corrections of A reach nothing of B, and no session corrects', async () => {
      const hashOf = (id: string) => db.withTenant({ tenantId: id, viewer: 'TENANT' }, (tx) => ledgerHash(tx, id))
      const before = [await hashOf('tenant-a'), await hashOf('tenant-b')]
      const [foreign, mine] = ids('Account', ['foreign', 'mine'])
      const [theirs, own] = ids('Subscription', ['foreign', 'mine'])
      const attempts = [
        `excludeAccount(input: { account: "${foreign}", reason: "r" })`,
        `mergeAccounts(input: { from: "${mine}", into: "${foreign}", reason: "r" })`,
        `mergeAccounts(input: { from: "${foreign}", into: "${mine}", reason: "r" })`,
        `connectSubscriptions(input: { old: "${theirs}", new: "${own}", reason: "r" })`,
        `reclassifyMovement(input: { account: "${foreign}", month: "2026-03-01", to: SEAT, reason: "r" })`,
        `mapCatalog(input: { prices: [{ source: "stripe", price: "price_crm_7000003" }], reason: "r" })`,
        `undoCorrection(input: { correction: "${await correctionOf(db, 'tenant-b')}", reason: "r" })`,
      ]
      const key = await aPowerfulKey(db, 'tenant-a')
      const session = await aSession(db, 'tenant-a')
      for (const attempt of attempts) {
        const asked = `mutation { ${attempt} { correction { accounts { name } } } }`
        for (const [token, code] of [
          [key, 'INVALID_INPUT'],
          [session, 'FORBIDDEN'],
        ] as const)
          expect((await query(app, { token, query: asked })).errors?.[0]?.extensions, attempt).toMatchObject({ code })
      }
      expect([await hashOf('tenant-a'), await hashOf('tenant-b')]).toEqual(before)
    })
  })
})

type Walked = { field: string; query: string; text: string; data: unknown }

/** Each credential serves some operations only, so that the allowance of one does not end the walk. */
async function runAll(
  app: App,
  operations: readonly { field: string; query: string }[],
  credential: () => Promise<string>,
): Promise<Walked[]> {
  const answers: Walked[] = []
  let token = ''
  for (const [index, operation] of operations.entries()) {
    if (index % 50 === 0) token = await credential()
    const { status, text, data, errors } = await query(app, { token, query: operation.query })
    const codes = (errors ?? []).map(({ extensions }) => extensions['code'])
    expect([200, 403], `${operation.query}: ${text}`).toContain(status)
    for (const code of codes)
      expect(['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND'], `${operation.query}: ${text}`).toContain(code)
    answers.push({ ...operation, text, data })
  }
  return answers
}

function expectSeen(answers: readonly Walked[], accounts: readonly string[], except: readonly string[] = []) {
  const everything = answers.map(({ text }) => text).join('\n')
  const wanted = accounts.flatMap(secretsOf).filter((secret) => !except.includes(secret))
  for (const secret of wanted) expect(everything.includes(secret), secret).toBe(true)
}

function expectUnseen(answers: readonly Walked[], accounts: readonly string[]) {
  for (const { query: asked, text } of answers) {
    for (const secret of accounts.flatMap(secretsOf))
      expect(text.includes(secret), `${secret} in the answer to ${asked}`).toBe(false)
  }
}

function secretsOf(account: string): string[] {
  const [opening, closing] = Object.values(HOLDINGS)
    .flatMap((tenant) => Object.entries(tenant))
    .find(([name]) => name === account)![1]
  const amounts = [opening, closing, closing - opening]
  return [
    `sentinel-name-${account}`,
    `"${account}"`,
    `sentinel-reason-${account}`,
    `sentinel-partner-${account}`,
    ...amounts.slice(0, 2).flatMap((minor) => [`"${minor}"`, `"${minor / 100}"`]),
  ]
}

/** An answer without what names the moment or the row: those differ between two databases that say the same. */
function comparable({ query: asked, text }: Walked) {
  const volatile = /"(asOf|recordedAt|version|requestId|closedAt|closedVersion|restatedSince)":"[^"]*"/g
  return { asked, text: text.replace(volatile, '').replace(/"id":"TGVkZ2VyTGluZ[^"]*"/g, '') }
}

async function correctionOf(db: Database, tenantId: string): Promise<string> {
  const [found] = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => listCorrections(tx, tenantId))
  return found!.id
}

async function aPowerfulKey(db: Database, tenantId: string): Promise<string> {
  return (await createKey(db, { tenantId, name: 'walker', scopes: ['admin'], by: 'test', now: new Date() })).token
}

async function fill(db: Database, tenantId: keyof typeof HOLDINGS): Promise<void> {
  const context = await aTenant(db, { id: tenantId })
  for (const [account, [opening, closing]] of Object.entries(HOLDINGS[tenantId])) {
    const holding = (minor: number, at: string) =>
      aSubscription({
        account,
        subscription: `sub-${account}`,
        at,
        items: [
          anItem('crm', 1, aPrice(String(minor)), { item: `si-${account}`, region: `sentinel-region-${account}` }),
        ],
      })
    const profile = {
      name: `sentinel-name-${account}`,
      region: `sentinel-region-${account}`,
      attributes: { note: `sentinel-note-${account}`, partner: `sentinel-partner-${account}` },
    }
    await accept(db, context, [
      delivered(`${account}-1`, anAccount(account, '2025-02-01T00:00:00.000Z', profile)),
      delivered(`${account}-2`, holding(opening, '2025-02-10T00:00:00.000Z')),
      delivered(`${account}-3`, holding(closing, '2026-03-10T00:00:00.000Z')),
      delivered(
        `${account}-4`,
        contact({
          account,
          at: '2026-03-11T00:00:00.000Z',
          day: '2026-03-11',
          contact: 'c',
          name: `sentinel-note-${account}`,
        }),
      ),
    ])
    const asked = { kind: 'RECLASSIFY_MOVEMENT', account, month: '2026-03', to: 'USAGE' } as const
    const reason = `sentinel-reason-${account}`
    await correct(db, { ...context, by: 'key:k' }, { asked, reason, idempotencyKey: account })
  }
}
