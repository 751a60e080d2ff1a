import { describe, expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { setPolicy } from '../ledger/set-policy.ts'
import { aSubscription, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { aLedger, asker, basic } from '../testing/small-ledger.ts'

const ROWS = `reconciles
  left { value definition { revision policy view } } right { value definition { revision policy view } }
  terms { left { value } right { value } }
  rows { totalCount edges { node { account { externalId } name left right } } }`

eachDatabase((open) => {
  describe('compareDefinition', () => {
    it('shows a number under two views, and who makes the difference', async () => {
      const { ask } = await aLedger(await open())
      const { compareDefinition } = await ask(`{
        compareDefinition(metric: expansion, at: "2026-03-01", right: { view: { netting: EVENT, reactivation: EXPANSION } }) { ${ROWS} } }`)
      expect(compareDefinition).toMatchObject({
        reconciles: true,
        left: { value: '800.00', definition: { view: 'NOBISHIRO' } },
        right: { value: '800.00', definition: { view: 'NOBISHIRO netting=EVENT reactivation=EXPANSION' } },
        terms: [{ left: { value: '800.00' }, right: { value: '800.00' } }],
        rows: { totalCount: 0, edges: [] },
      })
    })

    it('shows a number under two policies, each as it last stood', async () => {
      const db = await open()
      const { tenantId } = await aLedger(db)
      const source = { tenantId, source: 'stripe', clock: () => new Date('2026-11-22T00:00:00Z') }
      const at = '2026-08-10T00:00:00.000Z'
      const paused = aSubscription({
        account: 'aozora',
        subscription: 'sub_a',
        at,
        status: 'PAUSED',
        items: [basic(10)],
      })
      await accept(db, source, [delivered('p1', paused)])
      await setPolicy(db, { tenantId, now: new Date() }, { policy: { paused: 'KEEP' }, reason: 'as billed' })
      const now = () => new Date()
      const live = asker(anApp(db, { now }), await aKey(db, tenantId, ['read']))
      const { compareDefinition } = await live(`{
        compareDefinition(metric: mrr, at: "2026-08-01", left: { revision: 1 }, right: { revision: 2 }) { ${ROWS} } }`)
      expect(compareDefinition).toMatchObject({
        reconciles: true,
        left: { value: '0.00', definition: { revision: 1, policy: 'NOBISHIRO' } },
        right: { value: '100.00', definition: { revision: 2, policy: 'NOBISHIRO paused=KEEP' } },
        rows: {
          totalCount: 1,
          edges: [{ node: { account: { externalId: 'aozora' }, left: ['0.00'], right: ['100.00'] } }],
        },
      })
    })

    it.each([
      ['{ revision: 7 }', 'right.revision', /one that was built: 1\./],
      ['{ revision: 1, asOf: "2026-01-01T00:00:00Z" }', 'right.revision', /not both/],
      ['{ asOf: "2999-01-01T00:00:00Z" }', 'asOf', /has not/],
    ])('refuses %s by name', async (side, field, message) => {
      const db = await open()
      const { app, tenantId } = await aLedger(db)
      const asked = `{ compareDefinition(metric: mrr, right: ${side}) { reconciles } }`
      const { errors } = await query(app, { token: await aKey(db, tenantId, ['read']), query: asked })
      expect(errors).toMatchObject([
        { message: expect.stringMatching(message), extensions: { code: 'INVALID_INPUT', field } },
      ])
    })

    it('takes the capability to explain, and shows a viewer of some accounts its own rows', async () => {
      const db = await open()
      const { app, tenantId } = await aLedger(db)
      const asked = `{ compareDefinition(metric: new, at: "2025-01-01", right: { view: { netting: EVENT } }) { left { value } rows { totalCount } } }`
      const without = await aSession(db, tenantId, undefined, { capabilities: ['waterfall'] })
      expect((await query(app, { token: without, query: asked })).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ])
      const birch = await query(app, { token: await aSession(db, tenantId, ['birch']), query: asked })
      expect(birch.data).toEqual({ compareDefinition: { left: { value: '0.00' }, rows: { totalCount: 0 } } })
    })
  })
})
