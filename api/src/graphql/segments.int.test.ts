import { expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger, asker } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const SAVE = `mutation ($input: SaveSegmentInput!) { saveSegment(input: $input) { id name accounts rule } }`
const range = 'range: { start: "2026-03-01", end: "2026-04-01" }'
type Saved = { saveSegment: { id: string; name: string; accounts: number; rule: unknown } }

eachDatabase((open) => {
  it('a segment is saved, counted, filtered and parted by, changed, and taken away; asOf still knows it', async () => {
    const { app, db, tenantId, ask } = await aLedger(await open())
    const admin = asker(app, await aKey(db, tenantId, ['admin']))
    const large = { all: [{ mrr: { min: '100' } }, { productId: [globalId('Product', 'stripe:crm')] }] }
    const early = { firstPaid: { before: '2025-03-01' } }
    const { saveSegment } = await admin<Saved>(SAVE, { input: { name: ' Large ', rule: large } })
    expect(saveSegment).toEqual({ id: saveSegment.id, name: 'Large', accounts: 1, rule: large })
    const second = await admin<Saved>(SAVE, { input: { name: 'Early', rule: early } })
    expect(second.saveSegment.accounts).toBe(2)

    const { id } = saveSegment
    expect(await ask(`{ accounts(where: { segmentIds: ["${id}"] }) { totalCount edges { node { name } } } }`)).toEqual({
      accounts: { totalCount: 1, edges: [{ node: { name: 'Aozora' } }] },
    })
    expect(await ask('{ segments { name accounts } }')).toEqual({
      segments: [
        { name: 'Early', accounts: 2 },
        { name: 'Large', accounts: 1 },
      ],
    })
    const asked = `{ metric(key: mrr, ${range}, where: { segmentIds: ["${id}"] }) { total { value } }
      explain(metric: mrr, at: "2026-03-01", where: { segmentIds: ["${id}"] }) { reconciles accounts }
      parted: metric(key: mrr, ${range}, by: [{ kind: SEGMENT }]) { total { value } rest groups { label { en ja } keys { value } total { value } } } }`
    expect(await ask(asked)).toEqual({
      metric: { total: { value: '900.00' } },
      explain: { reconciles: true, accounts: 1 },
      parted: {
        total: { value: '950.00' },
        rest: 0,
        groups: [
          { label: { en: 'Early', ja: 'Early' }, keys: [{ value: second.saveSegment.id }], total: { value: '950.00' } },
          { label: { en: 'Large', ja: 'Large' }, keys: [{ value: id }], total: { value: '900.00' } },
          { label: { en: 'In no segment', ja: 'セグメントなし' }, keys: [{ value: null }], total: { value: '0.00' } },
        ],
      },
    })

    const changed = await admin<Saved>(SAVE, { input: { id, name: 'Large', rule: { not: large } } })
    expect(changed.saveSegment).toMatchObject({ id, accounts: 2, rule: { not: large } })
    await admin(`mutation { deleteSegment(id: "${id}") { name } }`)
    expect(await ask('{ segments { name } }')).toEqual({ segments: [{ name: 'Early' }] })
    const token = await aKey(db, tenantId)
    const gone = await query(app, { token, query: `{ metric(key: mrr, where: { segmentIds: ["${id}"] }) { window } }` })
    expect(gone.errors?.[0]?.message).toBe('where.segmentIds[0] is no segment, or is one no more.')
  })

  it('the same instant answers with the segments that were known then', async () => {
    const db = await open()
    const { app, tenantId } = await aLedger(db)
    // The clock of the answers is the one that events are received by.
    const now = () => new Date(Date.now() + 1_000)
    const late = asker((await import('../testing/query.ts')).anApp(db, { now }), await aKey(db, tenantId, ['admin']))
    const { saveSegment } = await late<Saved>(SAVE, {
      input: { name: 'One', rule: { accountIds: [globalId('Account', 'stripe:aozora')] } },
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const then = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await late(`mutation { deleteSegment(id: "${saveSegment.id}") { name } }`)
    expect(await late(`{ segments { name } before: segments(asOf: "${then}") { name } }`)).toEqual({
      segments: [],
      before: [{ name: 'One' }],
    })
    expect(app).toBeDefined()
  })

  it('is refused to those without the right, and where it makes no sense, with what and where', async () => {
    const { app, db, tenantId } = await aLedger(await open())
    const admin = await aKey(db, tenantId, ['admin'])
    const [reader, session, customer] = [
      await aKey(db, tenantId),
      await aSession(db, tenantId),
      await aSession(db, tenantId, ['birch']),
    ]
    const save = async (token: string, input: object) =>
      (await query(app, { token, query: SAVE, variables: { input } })).errors?.[0]
    const sound = { name: 'Seats', rule: { seats: { min: 1 } } }
    for (const token of [reader, session, customer])
      expect((await save(token, sound))?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    expect(await save(admin, sound)).toBeUndefined()
    expect((await save(admin, sound))?.extensions).toMatchObject({ code: 'CONFLICT', field: 'input.name' })
    expect((await save(admin, { ...sound, name: ' ' }))?.message).toBe(
      'input.name has 0 characters; 1 to 100 are accepted.',
    )
    expect((await save(admin, { ...sound, id: globalId('Segment', 'nobody') }))?.extensions).toMatchObject({
      code: 'NOT_FOUND',
    })
    const wrong = await save(admin, { name: 'x', rule: { any: [{ planId: [globalId('Account', 'stripe:birch')] }] } })
    expect(wrong?.message).toBe('input.rule.any[0].planId[0] is the id of a Account; it should be the id of a Plan.')
    for (const asked of [
      'segments { name }',
      'metric(key: mrr, by: [{ kind: SEGMENT }]) { window }',
      'metric(key: mrr, where: { segmentIds: [] }) { window }',
      'accounts(where: { segmentIds: [] }) { totalCount }',
    ])
      expect(
        (await query(app, { token: customer, query: `{ ${asked} }` })).errors?.[0]?.extensions,
        asked,
      ).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('belongs to its tenant alone', async () => {
    const db = await open()
    const { app, tenantId } = await aLedger(db)
    const other = 'other'
    await db.withTenant({ tenantId: other, viewer: 'TENANT' }, (tx) =>
      tx.tenant.create({ data: { id: other, name: other, currency: 'USD', timeZone: 'UTC' } }),
    )
    const admin = asker(app, await aKey(db, tenantId, ['admin']))
    const { saveSegment } = await admin<Saved>(SAVE, { input: { name: 'Ours', rule: { seats: { min: 1 } } } })
    const token = await aKey(db, other, ['admin'])
    expect((await query(app, { token, query: '{ segments { name } }' })).data).toEqual({ segments: [] })
    const taken = await query(app, { token, query: `mutation { deleteSegment(id: "${saveSegment.id}") { name } }` })
    expect(taken.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
    expect(await admin('{ segments { name } }')).toEqual({ segments: [{ name: 'Ours' }] })
  })
})
