import { expect, it } from 'vitest'
import { createKey } from '../access/keys.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const ACCOUNT = globalId('Account', 'stripe:birch')
const ERASE = `mutation { eraseAccount(account: "${ACCOUNT}") { wasErased accounts { externalId name erasedAt } } }`
/** An answer that is kept, with names in it. */
const NAMED = '{ explain(metric: nrr, at: "2026-03-01", first: 10) { spans { edges { node { account { name } } } } } }'
const KEEP = 'mutation { setRetention(days: 400) { days } }'

eachDatabase((open) => {
  it('is for an admin key of the vendor alone', async () => {
    const { db, tenantId, app, ask } = await aLedger(await open())
    const partner = { tenantId, by: 'test', now: NOW, name: 'p', scopes: ['read'], partner: 'Kumo' }
    const { id, token } = await createKey(db, partner)
    await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.apiKey.update({ where: { tenantId_id: { tenantId, id } }, data: { scopes: ['read', 'admin'] } }),
    )
    const others = [
      await aKey(db, tenantId),
      await aSession(db, tenantId),
      await aSession(db, tenantId, ['birch']),
      token,
    ]
    for (const credential of others)
      for (const text of [ERASE, KEEP]) {
        const { data, errors } = await query(app, { token: credential, query: text })
        expect(data ?? null).toBeNull()
        expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN')
      }
    expect(await ask(`{ node(id: "${ACCOUNT}") { ... on Account { name erasedAt } } }`)).toEqual({
      node: { name: 'Birch', erasedAt: null },
    })
  })

  it('answers the same the second time, and says that it was done', async () => {
    const { db, tenantId } = await aLedger(await open())
    const factsCache = createFactsCache({ database: db, now: () => NOW, checkEveryMs: 0 })
    const [app, token] = [anApp(db, { factsCache }), await aKey(db, tenantId, ['admin'])]
    const reader = await aKey(db, tenantId, ['read'])
    const named = () => query(app, { token: reader, query: NAMED })
    const kept = [await named(), await named()]
    expect(kept.map(({ extensions }) => extensions)).toMatchObject([{}, { cost: { requested: 1 } }])
    for (const { text } of kept) expect(text).toContain('Birch')
    const answers = [await query(app, { token, query: ERASE }), await query(app, { token, query: ERASE })]
    const accounts = [{ externalId: 'birch', name: '', erasedAt: NOW.toISOString() }]
    expect(answers.map(({ data }) => data)).toEqual(
      [false, true].map((wasErased) => ({ eraseAccount: { wasErased, accounts } })),
    )
    expect((await named()).text).not.toContain('Birch')
    expect((await query(app, { token, query: KEEP })).data).toEqual({ setRetention: { days: 400 } })
    const refused = await query(app, { token, query: 'mutation { setRetention(days: 0) { days } }' })
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining('days is 0'),
      extensions: { code: 'INVALID_INPUT' },
    })
  })
})
