import { expect, it } from 'vitest'
import { ExpectedError } from '../shared/errors.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { accept } from './accept.ts'
import { ingestionStatus, noteRefusal } from './status.ts'

const at = '2026-11-21T00:00:00.000Z'
const event = delivered('e1', aSubscription({ at, items: [anItem('core', 1, aPrice('1000'))] }))

eachDatabase((open) => {
  it('tells of each source its last event, lag, counts and last refusal', async () => {
    const db = await open()
    const context = await aTenant(db)
    const { tenantId, clock } = context
    await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.source.create({ data: { tenantId, name: 'a-file', kind: 'CSV', through: new Date('2026-10-31') } }),
    )
    await accept(db, context, [event, { ...delivered('i1'), ignored: 'not counted' }])
    await accept(db, context, [{ ...event, raw: Buffer.from('another body') }])
    await noteRefusal(db, context, new ExpectedError('INVALID_INPUT', 'stripe: $.created is no time'))
    const silent = { lastEventAt: null, lastReceivedAt: null, lagSeconds: null, lastError: null, lastErrorAt: null }
    const read = () => db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ingestionStatus(tx, tenantId, clock()))
    expect(await read()).toEqual([
      {
        source: 'a-file',
        kind: 'CSV',
        through: '2026-10-31',
        posted: 0,
        ignored: 0,
        quarantined: 0,
        conflicts: 0,
        ...silent,
      },
      {
        source: 'stripe',
        kind: 'STRIPE',
        lastEventAt: new Date(at),
        lastReceivedAt: clock(),
        through: null,
        lagSeconds: 86_400,
        posted: 1,
        ignored: 1,
        quarantined: 0,
        conflicts: 1,
        lastError: 'stripe: $.created is no time',
        lastErrorAt: clock(),
      },
    ])
    await noteRefusal(db, context, new Error('relation "secret" does not exist'))
    expect((await read())[1]?.lastError).toBe('A delivery could not be processed; the log of the server says why.')
  })
})
