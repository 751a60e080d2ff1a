import type { Database } from '@nobishiro/prisma'
import { createClient } from '@nobishiro/sdk'
import { describe, expect, it } from 'vitest'
import { createKey } from '../access/keys.ts'
import { setTenant } from '../access/tenants.ts'
import type { App } from '../app.ts'
import { correct } from '../corrections/correct.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { accept } from '../ingest/accept.ts'
import { contact } from '../ingest/sources/observed.ts'
import { closeMonth } from '../ledger/close-month.ts'
import { setCosts } from '../ledger/set-costs.ts'
import { setPolicy } from '../ledger/set-policy.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { setTarget } from '../targets/targets.ts'
import { anAccount, aSubscription, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { everyOperation } from '../testing/every-operation.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { aLedger, basic } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'
import { schema } from './schema.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const RANGE = '{ start: "2026-01-01", end: "2026-12-01" }'
const WATERFALL = `{ waterfall(population: ALL, range: ${RANGE}) { version closing { minor } steps { key topAccounts { account { name } } } } }`

const byYear = (more: string) =>
  `metrics(keys: [new, expansion], bucket: YEAR, range: ${RANGE}${more}) { values { period { start } } }`
const NOW_BY_YEAR = `now: ${byYear('')}`
const THEN_BY_YEAR = `then: ${byYear(', asOf: "2024-01-01T00:00:00Z"')}`

/** A ledger behind a server whose clocks are set by hand. */
async function aClockedLedger(db: Database) {
  const clock = { tick: 0, now: NOW }
  const { tenantId } = await aLedger(db)
  const factsCache = createFactsCache({ database: db, tick: () => clock.tick })
  const app = anApp(db, { factsCache, now: () => clock.now })
  const context = { tenantId, source: 'stripe', clock: () => NOW }
  return { db, app, tenantId, context, clock, key: await aKey(db, tenantId, ['read']) }
}

const etagOf = (app: App, token: string, text: string, headers = {}) =>
  query(app, { token, query: text, headers }).then(({ headers: found }) => found.get('etag'))

/** Where the years of each field begin, and whether the answer was kept. */
async function yearsOf(app: App, token: string, fields: readonly string[]) {
  const { data, errors, extensions } = await query(app, { token, query: `{ ${fields.join(' ')} }` })
  expect(errors).toBeUndefined()
  const found = Object.values(data as Record<string, { values: { period: { start: string } }[] }[]>)
  const starts = found.map(([series]) => series?.values.map(({ period }) => period.start))
  return { starts, isKept: (extensions as { cost: { requested: number } }).cost.requested === 1 }
}

const grows = (quantity: number, at: string) =>
  aSubscription({ account: 'aozora', subscription: 'sub_a', at, items: [basic(quantity)] })

eachDatabase((open) => {
  describe('an answer that follows from the ledger', () => {
    it('is given again for one point, byte for byte, until the version moves', async () => {
      const { db, app, context, clock, key } = await aClockedLedger(await open())
      const first = await query(app, { token: key, query: WATERFALL })
      expect(first.errors).toBeUndefined()
      const again = await query(app, { token: key, query: WATERFALL })
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
      expect(again.extensions).toMatchObject({ cost: { requested: 1 } })
      expect(JSON.stringify(again.data)).toBe(JSON.stringify(first.data))
      await accept(db, context, [delivered('n1', grows(70, '2026-10-05T00:00:00.000Z'))])
      expect(await etagOf(app, key, WATERFALL)).toBe(first.headers.get('etag'))
      clock.tick = 500
      const moved = await query(app, { token: key, query: WATERFALL })
      expect(moved.data).toMatchObject({ waterfall: { closing: { minor: '70000' } } })
      expect(moved.headers.get('etag')).not.toBe(first.headers.get('etag'))
    })

    it('is not sent to who has it', async () => {
      const { app, clock, key } = await aClockedLedger(await open())
      const etag = (await etagOf(app, key, WATERFALL))!
      for (const known of [etag, `"other", ${etag}`]) {
        const answer = await query(app, { token: key, query: WATERFALL, headers: { 'if-none-match': known } })
        expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', etag])
      }
      expect((await query(app, { token: key, query: WATERFALL, headers: { 'if-none-match': '"x"' } })).status).toBe(200)
      // A day is part of the question: months close and sources fall behind.
      clock.now = new Date('2026-11-22T00:15:00Z')
      expect((await query(app, { token: key, query: WATERFALL })).extensions).not.toMatchObject({
        cost: { requested: 1 },
      })
    })

    it('is one for the same eyes, and for no others', async () => {
      const { db, app, tenantId, key } = await aClockedLedger(await open())
      const costOf = async (token: string) => (await query(app, { token, query: WATERFALL })).extensions
      const full = { cost: { requested: 5 } }
      expect(await costOf(key)).toMatchObject(full)
      expect(await costOf(await aKey(db, tenantId, ['read']))).toMatchObject({ cost: { requested: 1 } })
      for (const token of [
        await aKey(db, tenantId, ['read', 'ingest']),
        await aSession(db, tenantId),
        await aSession(db, tenantId, ['aozora']),
        await aSession(db, tenantId, ['birch']),
        await aSession(db, tenantId, undefined, { capabilities: ['waterfall', 'nrr'] }),
      ])
        expect(await costOf(token)).toMatchObject(full)
    })

    it('is kept for what widgets ask, and for nothing that rows decide', async () => {
      const { app, key } = await aClockedLedger(await open())
      const etags: (string | null)[] = []
      const client = createClient({
        url: 'http://localhost/graphql',
        auth: { apiKey: key },
        fetch: async (url, init) => {
          const response = await app(new Request(url, init))
          etags.push(response.headers.get('etag'))
          return response
        },
      })
      const range = { start: '2026-01-01', end: '2026-11-01' }
      await client.metrics({ keys: ['nrr', 'grr'], range })
      await client.waterfall({ population: 'ALL', range })
      await client.waterfall({ population: 'COHORT', range })
      await client.seatGrowth({ range })
      await client.strategyMix({ range })
      await client.explain({ metric: 'nrr', at: '2026-10-01' })
      expect(etags).toEqual(etags.map(() => expect.stringMatching(/^W\/"1-/)))
      for (const text of [
        '{ viewer { kind } }',
        '{ accounts(first: 1) { totalCount } }',
        '{ corrections { edges { node { id } } } }',
        `{ viewer { kind } ${WATERFALL.slice(1)}`,
        `query Q { ...Some } fragment Some on Query { viewer { kind } }`,
        '{ metric(key: nrr, window: 7) { window } }',
      ])
        expect(await etagOf(app, key, text), text).toBeNull()
    })

    it('is never given as years were cut before, of today or as of an instant', async () => {
      const { app, tenantId, db, clock, key } = await aClockedLedger(await open())
      const expectCut = async (months: string[]) => {
        for (const isKept of [false, true])
          for (const fields of [[NOW_BY_YEAR], [THEN_BY_YEAR], [NOW_BY_YEAR, THEN_BY_YEAR]])
            expect(await yearsOf(app, key, fields)).toEqual({ starts: fields.map(() => months), isKept })
      }
      await expectCut(['2026-01-01'])
      await setTenant(db, tenantId, { fiscalYearStart: 4 })
      clock.tick += 500
      await expectCut(['2026-01-01', '2026-04-01'])
      await setTenant(db, tenantId, { fiscalYearStart: 1 })
      clock.tick += 500
      await expectCut(['2026-01-01'])
    })

    it('is kept as no newer than the oldest that it read', async () => {
      const { db, tenantId, key } = await aClockedLedger(await open())
      const real = createFactsCache({ database: db, checkEveryMs: 0 })
      const before = await real.current(tenantId)
      let behind: typeof before | undefined
      const factsCache = { ...real, current: async (id: string) => behind ?? real.current(id) }
      const app = anApp(db, { factsCache, now: () => NOW })
      await setTenant(db, tenantId, { fiscalYearStart: 4 })
      const ask = () => yearsOf(app, key, [THEN_BY_YEAR, NOW_BY_YEAR])
      behind = before
      expect((await ask()).starts).toEqual([['2026-01-01'], ['2026-01-01', '2026-04-01']])
      behind = undefined
      const starts = ['2026-01-01', '2026-04-01']
      expect(await ask()).toEqual({ starts: [starts, starts], isKept: false })
    })

    it('is what a server that keeps nothing says, after every kind of change', { timeout: 240_000 }, async () => {
      const { db, app, tenantId, context, clock } = await aClockedLedger(await open())
      const ofTier = (tier: string) => ({ name: 'Of a tier', rule: { attribute: { key: 'tier', in: [tier] } } })
      const saved = await saveSegment(db, { tenantId, now: NOW }, ofTier('gold'))
      const operations = everyOperation(schema, {
        segmentIds: [globalId('Segment', saved.id)],
        id: ['aozora', 'birch'].map((name) => globalId('Account', `stripe:${name}`)),
        accountIds: ['aozora', 'birch'].map((name) => globalId('Account', `stripe:${name}`)),
        region: ['JP', 'KR'],
        planId: [globalId('Plan', 'stripe:crm/crm')],
        window: [12],
        at: ['2026-10-01', '2026-03-01'],
        start: ['2026-01-01'],
        end: ['2026-12-01'],
        currency: ['USD'],
        key: ['tier'],
        in: ['gold', 'iron'],
      }).filter(({ field }) => schema.getQueryType()!.getFields()[field]!.extensions['fromFacts'] === true)
      const at = '2026-10-05T00:00:00.000Z'
      const people = { ...context, by: 'key:k' }
      const writes: (() => Promise<unknown>)[] = [
        async () => {},
        () => accept(db, context, [delivered('w1', grows(70, at))]),
        () => accept(db, context, [delivered('w2', anAccount('aozora', at, { name: 'Blue sky', region: 'KR' }))]),
        () =>
          accept(db, context, [
            delivered('w3', anAccount('birch', at, { name: 'Birch', attributes: { tier: 'iron' } })),
          ]),
        () =>
          accept(db, context, [delivered('w4', contact({ account: 'birch', at, day: '2026-10-05', contact: 'c' }))]),
        () =>
          correct(db, people, {
            asked: { kind: 'RECLASSIFY_MOVEMENT', account: 'aozora', month: '2026-03', to: 'USAGE' },
            reason: 'because',
            idempotencyKey: 'r',
          }),
        () => closeMonth(db, { tenantId, now: NOW }, { month: '2026-09', reason: 'audited' }),
        () => setPolicy(db, { tenantId, now: NOW }, { policy: { paused: 'KEEP' }, reason: 'as billed' }),
        () => setTarget(db, { tenantId, now: NOW }, { metric: 'nrr', from: '2026-01', value: '1.1' }),
        () => setCosts(db, tenantId, { costs: { grossMargin: '0.8' }, reason: 'this year' }),
        () => saveSegment(db, { tenantId, now: NOW }, { ...ofTier('iron'), id: saved.id }),
        () => setTenant(db, tenantId, { fiscalYearStart: 4 }),
      ]
      for (const [index, write] of writes.entries()) {
        await write()
        clock.tick += 500
        const plain = anApp(db)
        let token = ''
        // Of the many arguments of a field every second one, in turns: each field is asked after each write.
        const asked = operations.filter((_, place) => (place + index) % 2 === 0)
        for (const [place, operation] of asked.entries()) {
          if (place % 20 === 0)
            token = (await createKey(db, { tenantId, name: 'walker', scopes: ['admin'], by: 'test', now: new Date() }))
              .token
          await query(app, { token, query: operation.query })
          const [kept, fresh] = [await query(app, { token, ...operation }), await query(plain, { token, ...operation })]
          expect(said(kept), `after write ${index}: ${operation.query}`).toBe(said(fresh))
        }
      }
    })
  })
})

/** What an answer says, without the instant at which its facts were loaded. */
const said = ({ data, errors }: { data: unknown; errors: unknown }) =>
  JSON.stringify([data, errors]).replace(/"(asOf|requestId)":"[^"]*"/g, '')
