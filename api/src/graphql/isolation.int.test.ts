import type { Database } from '@nobishiro/prisma'
import type { GraphQLEnumType } from 'graphql'
import { beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { listCorrections } from '../corrections/list-corrections.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { eachDatabase } from '../testing/db.ts'
import { everyOperation } from '../testing/every-operation.ts'
import {
  aPowerfulKey,
  CANDIDATES,
  expectMineAlone,
  expectSeen,
  expectUnseen,
  fill,
  HOLDINGS,
  ids,
  LIMITED,
  runAll,
  type Walked,
} from '../testing/isolation.ts'
import { anApp, aSession, query } from '../testing/query.ts'
import { schema } from './schema.ts'

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

    it.each(Object.keys(LIMITED))(
      '%s of A sees that account, and nothing of another account or of B',
      async (viewer) => {
        await expectMineAlone(app, operations, () => LIMITED[viewer]!(db))
      },
    )

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

    it('B neither changes nor adds to any number of A', { timeout: 300_000 }, async () => {
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
        `mapCatalog(input: { prices: [{ source: "stripe", price: "price_foreign_7000003" }], reason: "r" })`,
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

/** An answer without what names the moment or the row: those differ between two databases that say the same. */
function comparable({ query: asked, text }: Walked) {
  const volatile = /"(asOf|recordedAt|version|requestId|closedAt|closedVersion|restatedSince)":"[^"]*"/g
  return { asked, text: text.replace(volatile, '').replace(/"id":"TGVkZ2VyTGluZ[^"]*"/g, '') }
}

async function correctionOf(db: Database, tenantId: string): Promise<string> {
  const [found] = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => listCorrections(tx, tenantId))
  return found!.id
}
