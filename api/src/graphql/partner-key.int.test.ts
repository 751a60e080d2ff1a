import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { createKey, rotateKey } from '../access/keys.ts'
import { shareAccounts, unshareAccounts } from '../access/shares.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query, TEST_ORIGIN } from '../testing/query.ts'
import { aLedger, asker } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const range = 'range: { start: "2026-03-01", end: "2026-04-01" }'
const SEEN = `{ accounts { edges { node { name } } } metric(key: mrr, ${range}) { total { value } } }`

/** Two partners of a tenant with three accounts; a server whose clock is set by hand. */
async function partners(db: Database) {
  const { tenantId } = await aLedger(db)
  const clock = { now: new Date('2026-11-22T00:00:00Z') }
  const app = anApp(db, {
    factsCache: createFactsCache({ database: db, checkEveryMs: 0, now: () => clock.now }),
    now: () => clock.now,
  })
  const change = () => ({ tenantId, by: 'test', now: clock.now })
  const key = (partner: string, scopes = ['read', 'embed:create']) =>
    createKey(db, { ...change(), name: partner, partner, scopes })
  const share = (partner: string, accountIds: string[], days: { from?: string; to?: string } = {}) =>
    shareAccounts(db, change(), { partner, accountIds, ...days })
  const names = async (token: string) => {
    const { data, errors } = await query(app, { token, query: SEEN })
    expect(errors).toBeUndefined()
    const { accounts, metric } = data as {
      accounts: { edges: { node: { name: string } }[] }
      metric: { total: { value: string } }
    }
    return [...accounts.edges.map(({ node }) => node.name), metric.total.value]
  }
  const codeOf = async (token: string, text: string) => {
    const { errors } = await query(app, { token, query: text })
    return errors?.[0]?.extensions['code']
  }
  return { db, tenantId, app, clock, change, key, share, names, codeOf }
}

eachDatabase((open) => {
  it('a partner’s key sees what is shared with the partner, between its days, and nothing else', async () => {
    const { db, app, clock, change, key, share, names } = await partners(await open())
    const { token } = await key('globex')
    expect(await names(token)).toEqual(['0.00'])
    await share('globex', ['aozora'])
    await share('globex', ['birch'], { from: '2026-11-24', to: '2026-11-26' })
    await share('initech', ['cedar'])
    expect(await names(token)).toEqual(['Aozora', '900.00'])
    clock.now = new Date('2026-11-24T00:00:00Z')
    expect(await names(token)).toEqual(['Aozora', 'Birch', '950.00'])
    clock.now = new Date('2026-11-26T00:00:00Z')
    expect(await names(token)).toEqual(['Aozora', '900.00'])
    const viewer = '{ viewer { kind partner accountIds isFiltered scopes capabilities } }'
    expect((await query(app, { token, query: viewer })).data).toEqual({
      viewer: {
        kind: 'PARTNER',
        partner: 'globex',
        accountIds: null,
        isFiltered: false,
        scopes: ['read', 'embed:create'],
        capabilities: ['nrr', 'waterfall', 'seats', 'explain', 'accounts', 'export'],
      },
    })
    await unshareAccounts(db, change(), { partner: 'globex', accountIds: ['aozora'] })
    expect(await names(token)).toEqual(['0.00'])
  })

  it('never ingests or administers, and is told nothing of the vendor', async () => {
    const { db, tenantId, app, change, key, share, codeOf } = await partners(await open())
    await share('globex', ['aozora'])
    for (const scope of ['admin', 'ingest'])
      await expect(key('globex', ['read', scope])).rejects.toThrow(`A partner's key cannot have the scope "${scope}"`)
    const made = await key('globex')
    // Not even where a row says otherwise, and one that follows another is the same partner's.
    await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.apiKey.update({
        where: { tenantId_id: { tenantId, id: made.id } },
        data: { scopes: ['read', 'embed:create', 'admin', 'ingest'] },
      }),
    )
    const { token } = await rotateKey(db, { ...change(), id: made.id, overlapHours: 1 })
    const refused = [
      '{ ingestionStatus { source } }',
      '{ costs { lag } }',
      '{ recognitionPolicies { revision } }',
      '{ segments { id } }',
      '{ targets { from } }',
      '{ products { id } }',
      '{ partners { totalCount } }',
      '{ apiKeys { id } }',
      '{ auditLog { totalCount } }',
      '{ corrections { totalCount } }',
      '{ trustedDocuments { name } }',
      '{ partnerShares { totalCount } }',
      '{ metric(key: expansionEfficiency) { unit } }',
      'mutation { createApiKey(input: { name: "x", scopes: ["read"] }) { token } }',
      'mutation { shareAccounts(input: { partner: "globex", accountIds: ["cedar"] }) { accounts } }',
      'mutation { setTarget(metric: nrr, from: "2026-01-01", value: "1") { from } }',
    ]
    for (const text of refused) expect(await codeOf(token, text), text).toBe('FORBIDDEN')
    const posted = await app(
      new Request('http://localhost/ingest/events', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '[]',
      }),
    )
    expect(posted.status).toBe(403)
  })

  it('mints sessions that end with its own rights, sees and ends no others', async () => {
    const { db, tenantId, app, clock, change, key, share, names } = await partners(await open())
    await share('globex', ['aozora', 'birch'])
    await share('initech', ['cedar'])
    const { token } = await key('globex')
    const mint = async (input: object) => {
      const posted = await app(
        new Request('http://localhost/embed/sessions', {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ origins: [TEST_ORIGIN], ...input }),
        }),
      )
      const answer: unknown = await posted.json()
      return { status: posted.status, text: JSON.stringify(answer), answer: answer as { token: string } }
    }
    const every = await mint({ viewer: 'PARTNER' })
    clock.now = new Date(clock.now.getTime() + 1_000)
    const one = await mint({ accountIds: ['birch'] })
    expect(await names(every.answer.token)).toEqual(['Aozora', 'Birch', '950.00'])
    expect(await names(one.answer.token)).toEqual(['Birch', '50.00'])
    expect(await names(await aSession(db, tenantId, undefined, { viewer: 'PARTNER', partner: 'initech' }))).toEqual([
      'Cedar',
      '0.00',
    ])
    const foreign = await mint({ accountIds: ['cedar'] })
    const absent = await mint({ accountIds: ['nobody'] })
    expect(foreign.status).toBe(400)
    const plain = ({ text }: { text: string }) =>
      text.replaceAll(/cedar|nobody/g, 'ID').replace(/"requestId":"[^"]*"/, '')
    expect(plain(foreign)).toBe(plain(absent))
    for (const wider of [
      { viewer: 'TENANT' },
      { viewer: 'PARTNER', partner: 'initech' },
      { viewer: 'SEGMENT', segmentIds: ['s'] },
    ])
      expect((await mint(wider)).status).toBe(400)

    const ask = asker(app, token)
    const own = await ask('{ embedSessions { viewer partner accountIds } }')
    expect(own).toEqual({
      embedSessions: [
        { viewer: 'PARTNER', partner: 'globex', accountIds: [] },
        { viewer: 'ACCOUNT', partner: 'globex', accountIds: ['stripe:birch'] },
      ],
    })
    await unshareAccounts(db, change(), { partner: 'globex', accountIds: ['birch'] })
    expect(await names(one.answer.token)).toEqual(['0.00'])
    expect(await ask('mutation { revokeEmbedSessions(input: { all: true }) { revoked } }')).toEqual({
      revokeEmbedSessions: { revoked: 2 },
    })
    clock.now = new Date(clock.now.getTime() + 11_000)
    expect((await query(app, { token: one.answer.token, query: SEEN })).errors?.[0]?.extensions['code']).toBe(
      'UNAUTHENTICATED',
    )
    const minter = await aKey(db, tenantId)
    const { data } = await query(app, { token: minter, query: '{ embedSessions { partner } }' })
    expect(data).toEqual({ embedSessions: [{ partner: 'initech' }] })
  })

  it('shares are listed, changed and taken away by an admin, and each change is in the log', async () => {
    const { db, tenantId, app, share } = await partners(await open())
    const ask = asker(app, await aKey(db, tenantId, ['admin']))
    const aozora = globalId('Account', 'stripe:aozora')
    const sharing = (more: string) =>
      `mutation { shareAccounts(input: { partner: "globex", ${more} }) { partner accounts } }`
    await ask(sharing(`accountIds: ["${aozora}", "birch"], from: "2026-01-01"`))
    expect(await ask(sharing('accountIds: ["stripe:birch"], from: "2026-02-01", to: "2027-01-01"'))).toEqual({
      shareAccounts: { partner: 'globex', accounts: 2 },
    })
    await share('initech', ['birch'])
    expect(
      await ask('{ partnerShares(partner: "globex") { totalCount edges { node { account { name } from to } } } }'),
    ).toEqual({
      partnerShares: {
        totalCount: 2,
        edges: [
          { node: { account: { name: 'Aozora' }, from: '2026-01-01', to: null } },
          { node: { account: { name: 'Birch' }, from: '2026-02-01', to: '2027-01-01' } },
        ],
      },
    })
    const unsharing = (which: string) =>
      `mutation { unshareAccounts(input: { partner: "globex", ${which} }) { accounts } }`
    expect(await ask(unsharing(`accountIds: ["${aozora}"]`))).toEqual({ unshareAccounts: { accounts: 1 } })
    expect(await ask(unsharing('all: true'))).toEqual({ unshareAccounts: { accounts: 0 } })
    const log = await ask<{ auditLog: { edges: { node: { action: string; subject: string; detail: object } }[] } }>(
      '{ auditLog { edges { node { action subject detail } } } }',
    )
    expect(log.auditLog.edges.map(({ node }) => node).slice(0, 4)).toEqual([
      { action: 'ACCOUNTS_UNSHARED', subject: 'globex', detail: { accounts: 'all', ended: 1 } },
      { action: 'ACCOUNTS_UNSHARED', subject: 'globex', detail: { accounts: ['stripe:aozora'], ended: 1 } },
      {
        action: 'ACCOUNTS_SHARED',
        subject: 'initech',
        detail: { accounts: ['stripe:birch'], from: '2026-11-22', to: null },
      },
      {
        action: 'ACCOUNTS_SHARED',
        subject: 'globex',
        detail: { accounts: ['stripe:birch'], from: '2026-02-01', to: '2027-01-01' },
      },
    ])
    const token = await aKey(db, tenantId, ['admin'])
    for (const [wrong, message] of [
      ['accountIds: ["nobody"]', '"nobody" is not an account of this tenant.'],
      ['accountIds: ["birch"], from: "2027-01-01", to: "2027-01-01"', 'input.to is 2027-01-01'],
      ['accountIds: []', 'input.accountIds names 1 to 1000 accounts'],
    ] as const)
      expect((await query(app, { token, query: sharing(wrong) })).errors?.[0]?.message).toContain(message)
  })
})
