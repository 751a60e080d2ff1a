import { expect, it } from 'vitest'
import { ledgerHash } from '../ledger/hash.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { accept } from './accept.ts'

const basic = (quantity: number, rest = {}) => anItem('basic', quantity, aPrice('1000'), rest)
const pro = (quantity: number, rest = {}) => anItem('pro', quantity, aPrice('1800'), rest)
const JANUARY = '2024-01-10T00:00:00.000Z'
const MARCH = '2024-03-10T00:00:00.000Z'
const MAY = '2024-05-10T00:00:00.000Z'

/** 10 Basic at 10.00 to 50 Pro at 18.00 and back, in the three shapes billing systems give it. */
const SHAPES = {
  'two prices of one source product': [
    delivered('e1', aSubscription({ at: JANUARY, items: [basic(10, { product: 'crm' })] })),
    delivered('e2', aSubscription({ at: MARCH, items: [pro(50, { product: 'crm' })] })),
    delivered('e3', aSubscription({ at: MAY, items: [basic(10, { product: 'crm' })] })),
  ],
  'two source products in one subscription': [
    delivered('e1', aSubscription({ at: JANUARY, items: [basic(10, { item: 'si_a' })] })),
    delivered('e2', aSubscription({ at: MARCH, items: [pro(50, { item: 'si_b' })] })),
    delivered('e3', aSubscription({ at: MAY, items: [basic(10, { item: 'si_c' })] })),
  ],
  'one subscription replaced by another': [
    delivered('e1', aSubscription({ at: JANUARY, items: [basic(10)] })),
    delivered('e2', aSubscription({ at: MARCH, items: [basic(10)], status: 'ENDED', rank: 2 })),
    delivered('e3', aSubscription({ at: MARCH, items: [pro(50)], subscription: 'sub_2', rank: 0 })),
    delivered('e4', aSubscription({ at: MAY, items: [pro(50)], subscription: 'sub_2', status: 'ENDED', rank: 2 })),
    delivered('e5', aSubscription({ at: MAY, items: [basic(10)], subscription: 'sub_3', rank: 0 })),
  ],
}

eachDatabase((open) => {
  it.each(Object.entries(SHAPES))('%s: seats and upgrade are split to the minor unit', async (_, deliveries) => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, deliveries)
    const changes = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
      tx.accountChange.groupBy({
        by: ['day', 'strategy'],
        _sum: { amountMinor: true, seats: true },
        orderBy: [{ day: 'asc' }, { strategy: 'asc' }],
      }),
    )
    expect(
      changes.map((row) => [row.day.toISOString().slice(0, 10), row.strategy, row._sum.amountMinor, row._sum.seats]),
    ).toEqual([
      ['2024-01-10', 'CROSS_SELL', 10_000n, 10],
      ['2024-03-10', 'SEAT', 40_000n, 40],
      ['2024-03-10', 'UPSELL', 40_000n, 0],
      ['2024-05-10', 'SEAT', -72_000n, -40],
      ['2024-05-10', 'UPSELL', -8_000n, 0],
    ])
  })

  it('a delivery made twice, backwards and one by one gives the ledger of the orderly batch', async () => {
    const db = await open()
    for (const [index, deliveries] of Object.values(SHAPES).entries()) {
      const orderly = await aTenant(db, { id: `orderly-${index}` })
      const messy = await aTenant(db, { id: `messy-${index}` })
      await accept(db, orderly, deliveries)
      for (const delivery of [...deliveries].reverse()) await accept(db, messy, [delivery, delivery])
      const hashes = await Promise.all(
        [orderly, messy].map(({ tenantId }) =>
          db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId)),
        ),
      )
      expect(hashes[1]).toBe(hashes[0])
    }
  })

  it('an item whose price nothing introduced stands in the catalogue all the same', async () => {
    const db = await open()
    const context = await aTenant(db)
    const nameless = aSubscription({ at: JANUARY, items: [basic(10, { price: null }), pro(5, { item: 'si_2' })] })
    await accept(db, context, [{ ...delivered('e1', nameless), events: [nameless] }])
    const lines = await db.withTenant(
      { tenantId: context.tenantId, viewer: 'TENANT' },
      (tx) =>
        tx.$queryRaw<{ plan: string | null; amount: bigint }[]>`
        SELECT plan.name AS plan, amount_minor AS amount FROM ledger_line LEFT JOIN plan ON plan.id = plan_id ORDER BY amount_minor DESC`,
    )
    expect(lines).toEqual([
      { plan: 'basic', amount: 10_000n },
      { plan: 'pro', amount: 9_000n },
    ])
  })

  it('says what became of each delivery', async () => {
    const db = await open()
    const context = await aTenant(db)
    const event = delivered('e1', aSubscription({ at: JANUARY, items: [basic(10)] }))
    const other = { ...event, raw: Buffer.from('another body') }
    const unsupported = { ...event, externalId: 'e2', ignored: 'charge.updated is not about subscriptions' }
    expect((await accept(db, context, [event, event, unsupported])).map((result) => result.outcome)).toEqual([
      'POSTED',
      'DUPLICATE',
      'IGNORED',
    ])
    expect((await accept(db, context, [event, other])).map((result) => result.outcome)).toEqual([
      'DUPLICATE',
      'CONFLICT',
    ])
  })

  it('an ignored delivery moves the watermark, and the version once a day', async () => {
    const db = await open()
    const context = await aTenant(db)
    const ignored = (id: string, eventTime: string) => ({
      ...delivered(id),
      eventTime,
      ignored: 'not about subscriptions',
    })
    const version = () =>
      db.withTenant(
        { tenantId: context.tenantId, viewer: 'TENANT' },
        async (tx) => (await tx.tenant.findFirstOrThrow()).version,
      )
    await accept(db, context, [ignored('i1', JANUARY)])
    expect(await version()).toBe(1n)
    await accept(db, context, [ignored('i2', '2024-01-10T09:00:00.000Z')])
    expect(await version()).toBe(1n)
    await accept(db, context, [ignored('i3', MARCH)])
    expect(await version()).toBe(2n)
  })

  it('a back-dated event takes lines back and posts new ones, and nothing is changed in place', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [delivered('e1', aSubscription({ at: MARCH, items: [basic(10)] }))])
    await accept(db, context, [delivered('e2', aSubscription({ at: MAY, effectiveAt: JANUARY, items: [basic(4)] }))])
    const lines = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
      tx.ledgerLine.findMany({ orderBy: { id: 'asc' }, select: { amountMinor: true, reverses: true, version: true } }),
    )
    expect(lines.map((line) => [line.amountMinor, line.reverses === null, line.version])).toEqual([
      [10_000n, true, 1n],
      [-10_000n, false, 2n],
      [4_000n, true, 2n],
    ])
  })
})
