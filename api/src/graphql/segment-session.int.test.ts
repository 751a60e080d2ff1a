import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { mintSession } from '../access/sessions.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { deleteSegment, saveSegment } from '../segments/save-segment.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query, TEST_ORIGIN } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const range = 'range: { start: "2026-03-01", end: "2026-04-01" }'
const SEEN = `{ accounts { totalCount edges { node { name children { name } subscriptions { externalId } } } }
  metric(key: mrr, ${range}) { total { value } } }`

const jp = { region: ['JP'] }
const paying = { firstPaid: { from: '2025-01-01' } }

/** Aozora pays 900 and is in Japan, Birch pays 50 in March, Cedar never paid; clocks that look up the version each time. */
async function aBook(db: Database) {
  const { tenantId } = await aLedger(db)
  const app = anApp(db, { factsCache: createFactsCache({ database: db, checkEveryMs: 0, now: () => NOW }) })
  const save = (name: string, rule: object, id?: string) =>
    saveSegment(db, { tenantId, now: NOW }, { name, rule, id }).then((segment) => segment.id)
  const session = (input: object) => aSession(db, tenantId, undefined, input)
  const names = async (token: string) => {
    const { data, errors } = await query(app, { token, query: SEEN })
    if (errors) return errors.map(({ message }) => message)
    const { accounts, metric } = data as {
      accounts: { edges: { node: { name: string } }[] }
      metric: { total: { value: string } }
    }
    return [...accounts.edges.map(({ node }) => node.name), metric.total.value]
  }
  return { db, tenantId, app, save, session, names }
}

eachDatabase((open) => {
  it('a session for segments sees the accounts that are in one of them now, and none of a segment that was deleted', async () => {
    const { db, tenantId, save, session, names } = await aBook(await open())
    const first = await save('Japan', jp)
    const second = await save('Never paid', { not: paying })
    const one = await session({ viewer: 'SEGMENT', segmentIds: [first] })
    const both = await session({ viewer: 'SEGMENT', segmentIds: [first, second] })
    expect(await names(one)).toEqual(['Aozora', '900.00'])
    expect(await names(both)).toEqual(['Aozora', 'Cedar', '900.00'])
    await save('Japan', { not: jp }, first)
    expect(await names(one)).toEqual(['Birch', 'Cedar', '50.00'])
    await deleteSegment(db, { tenantId, now: NOW }, first)
    expect(await names(one)).toEqual(['The segments of this session are no more. Mint another session.'])
    expect(await names(both)).toEqual(['Cedar', '0.00'])
  })

  it('filters narrow every kind of viewer, and nothing that a page asks widens them', async () => {
    const { app, save, session, names } = await aBook(await open())
    const segment = await save('Paying', paying)
    const asked = { filters: { not: jp } }
    expect(await names(await session(asked))).toEqual(['Birch', 'Cedar', '50.00'])
    const book = { viewer: 'SEGMENT', segmentIds: [segment] }
    const token = await session({ ...book, ...asked })
    expect(await names(token)).toEqual(['Birch', '50.00'])
    expect(await names(await session({ viewer: 'ACCOUNT', accountIds: ['aozora', 'cedar'], ...asked }))).toEqual([
      'Cedar',
      '0.00',
    ])
    const hidden = globalId('Account', 'stripe:aozora')
    const wider = `{ account(id: "${hidden}") { name } byId: node(id: "${hidden}") { id } external: account(externalId: "aozora") { name }
      subscription: node(id: "${globalId('Subscription', 'stripe:sub_a')}") { id }
      accounts(where: { ids: ["${hidden}"] }) { totalCount } revenueMovements(where: { accountIds: ["${hidden}"] }) { totalCount }
      metric(key: mrr, ${range}, where: { accountIds: ["${hidden}"] }) { total { value } }
      before: metric(key: mrr, ${range}, asOf: "2026-11-21T00:00:00Z") { total { value } } }`
    expect((await query(app, { token, query: wider })).data).toEqual({
      account: null,
      byId: null,
      external: null,
      subscription: null,
      accounts: { totalCount: 0 },
      revenueMovements: { totalCount: 0 },
      metric: { total: { value: '0.00' } },
      before: { total: { value: '0.00' } },
    })
  })

  it('what is the vendor’s own is for none of them, and the viewer says what limits it', async () => {
    const { app, save, session } = await aBook(await open())
    const segment = await save('Japan', jp)
    const token = await session({ viewer: 'SEGMENT', segmentIds: [segment], filters: paying })
    const viewer = `{ viewer { kind accountIds segmentIds isFiltered capabilities scopes } accounts { edges { node { attributes } } } }`
    expect((await query(app, { token, query: viewer })).data).toEqual({
      viewer: {
        kind: 'SEGMENT',
        accountIds: null,
        segmentIds: [globalId('Segment', segment)],
        isFiltered: true,
        capabilities: ['nrr', 'waterfall', 'seats', 'explain', 'accounts', 'export'],
        scopes: ['read'],
      },
      accounts: { edges: [{ node: { attributes: {} } }] },
    })
    const asked = [
      'segments { id }',
      'targets { from }',
      'products { id }',
      'ingestionStatus { source }',
      'costs { lag }',
    ]
    for (const field of [
      ...asked,
      'recognitionPolicies { revision }',
      'partners { totalCount }',
      'auditLog { totalCount }',
    ]) {
      const { errors } = await query(app, { token, query: `{ ${field} }` })
      expect(errors?.[0]?.extensions['code'], field).toBe('FORBIDDEN')
    }
  })

  it('an answer that was kept for one book is given to nobody with another', async () => {
    const { app, save, session } = await aBook(await open())
    const segment = await save('Japan', jp)
    const asked = `{ metrics(keys: [mrr, nrr], ${range}) { total { value } } }`
    const ask = async (input: object) => {
      const { data, extensions } = await query(app, { token: await session(input), query: asked })
      const { metrics } = data as { metrics: { total: { value: string } }[] }
      return [metrics[0]?.total.value, (extensions as { cost: { requested: number } }).cost.requested === 1]
    }
    const eyes: [object, string][] = [
      [{}, '950.00'],
      [{ viewer: 'SEGMENT', segmentIds: [segment] }, '900.00'],
      [{ viewer: 'SEGMENT', segmentIds: [segment], filters: { not: jp } }, '0.00'],
      [{ filters: { not: jp } }, '50.00'],
      [{ filters: jp }, '900.00'],
      [{ viewer: 'ACCOUNT', accountIds: ['birch'] }, '50.00'],
      [{ viewer: 'ACCOUNT', accountIds: ['birch'], filters: jp }, '0.00'],
    ]
    for (const [input, value] of eyes) expect(await ask(input), JSON.stringify(input)).toEqual([value, false])
    for (const [input, value] of eyes) expect(await ask(input), JSON.stringify(input)).toEqual([value, true])
  })

  it('ids of a session are of its tenant, as the API gives them or as they are kept', async () => {
    const { db, tenantId, app, save } = await aBook(await open())
    const segment = await save('Japan', jp)
    const mint = (input: object) => mintSession(db, { tenantId, keyId: 'k' }, { origins: [TEST_ORIGIN], ...input }, NOW)
    await expect(mint({ viewer: 'SEGMENT', segmentIds: ['nobody'] })).rejects.toThrow(
      '"nobody" is not a segment of this tenant.',
    )
    for (const filters of [{ planId: ['nobody'] }, { not: { productId: ['nobody'] } }, { accountIds: ['nobody'] }])
      await expect(mint({ viewer: 'TENANT', filters }), JSON.stringify(filters)).rejects.toThrow(
        /"nobody" is not an? (plan|product|account) of this tenant/,
      )
    await expect(mint({ viewer: 'TENANT', filters: { region: [] } })).rejects.toThrow('input.filters.region is empty')
    const input = {
      viewer: 'SEGMENT',
      segmentIds: [globalId('Segment', segment)],
      filters: { productId: [globalId('Product', 'stripe:crm')] },
      origins: [TEST_ORIGIN],
    }
    const key = await aKey(db, tenantId)
    const posted = await app(
      new Request('http://localhost/embed/sessions', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      }),
    )
    expect(posted.status).toBe(201)
    const minted = await query(app, {
      token: key,
      query: 'mutation ($input: CreateEmbedSessionInput!) { createEmbedSession(input: $input) { sessionId } }',
      variables: { input },
    })
    expect(minted.errors).toBeUndefined()
    const listed = await query(app, { token: key, query: '{ embedSessions { viewer accountIds segmentIds filters } }' })
    const { origins: _origins, ...session } = { ...input, accountIds: [] }
    expect(listed.data).toEqual({ embedSessions: [session, session] })
  })
})
