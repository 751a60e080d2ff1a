import { expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger, asker } from '../testing/small-ledger.ts'

const SERIES = `{ metrics(keys: [nrr, mrr], range: { start: "2026-03-01", end: "2026-06-01" }) { targets } }`
const set = (args: string) => `mutation { setTarget(${args}) { metric { key } from value } }`

eachDatabase((open) => {
  async function aTargeted() {
    const db = await open()
    const { app, tenantId, ask } = await aLedger(db)
    const admin = await aKey(db, tenantId, ['admin'])
    return { db, app, tenantId, ask, admin, change: asker(app, admin) }
  }

  it('a target holds from its month on until another, and stands beside the values of the metric', async () => {
    const { change, ask } = await aTargeted()
    await change(set('metric: nrr, from: "2026-04-01", value: "1.1"'))
    await change(set('metric: nrr, from: "2026-05-01", value: "1.2"'))
    const { setTarget } = await change(set('metric: mrr, from: "2026-01-01", value: "1000"'))
    expect(setTarget).toEqual([
      { metric: { key: 'mrr' }, from: '2026-01-01', value: '1000' },
      { metric: { key: 'nrr' }, from: '2026-04-01', value: '1.1' },
      { metric: { key: 'nrr' }, from: '2026-05-01', value: '1.2' },
    ])
    expect(await ask(SERIES)).toEqual({
      metrics: [{ targets: [null, '1.1', '1.2'] }, { targets: ['1000', '1000', '1000'] }],
    })
  })

  it('null ends it; another window, another currency and a viewer of some accounts have none', async () => {
    const { db, app, tenantId, change, ask } = await aTargeted()
    await change(set('metric: nrr, from: "2026-01-01", value: "1.1"'))
    await change(set('metric: nrr, from: "2026-05-01", value: null'))
    await change(set('metric: mrr, from: "2026-01-01", value: "1000"'))
    const range = 'range: { start: "2026-04-01", end: "2026-06-01" }'
    expect(await ask(`{ metric(key: nrr, ${range}) { targets } }`)).toEqual({ metric: { targets: ['1.1', null] } })
    expect(await ask(`{ metric(key: nrr, window: 3, ${range}) { targets } }`)).toEqual({
      metric: { targets: [null, null] },
    })
    expect(await ask(`{ metric(key: mrr, currency: "EUR", ${range}) { targets } }`)).toEqual({
      metric: { targets: [null, null] },
    })
    const account = asker(app, await aSession(db, tenantId, ['aozora'], { capabilities: ['nrr'] }))
    expect(await account(`{ metric(key: nrr, ${range}) { targets } }`)).toEqual({ metric: { targets: [null, null] } })
    const { errors } = await query(app, {
      token: await aSession(db, tenantId, ['aozora']),
      query: '{ targets { value } }',
    })
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it.each([
    ['metric: nrr, from: "2026-04-02", value: "1.1"', 'from'],
    ['metric: nrr, from: "2026-04-01", value: "110 %"', undefined],
  ])('%s is refused', async (args, field) => {
    const { app, admin } = await aTargeted()
    const { errors } = await query(app, { token: admin, query: set(args) })
    expect(errors).toHaveLength(1)
    if (field) expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }])
  })

  it('takes an admin key', async () => {
    const { db, app, tenantId } = await aTargeted()
    const said = set('metric: nrr, from: "2026-04-01", value: "1.1"')
    for (const token of [await aKey(db, tenantId), await aSession(db, tenantId)])
      expect((await query(app, { token, query: said })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
