import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../../ingest/accept.ts'
import { listQuarantine } from '../../ingest/quarantine.ts'
import type { Received } from '../../ingest/received.ts'
import { replayInbox } from '../../ingest/replay-inbox.ts'
import { resolveConflict } from '../../ingest/resolve-conflict.ts'
import { anEvent, anItem, aPrice, aSubscription, read, START } from '../../ingest/sources/stripe/testing.ts'
import { randomOf } from '../../simulator/random.ts'
import { aTenant } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { tailsOf } from '../tail-store.ts'
import { verify } from '../verify.ts'

const DAY = 86_400
const NOW = new Date('2026-11-22T00:00:00Z')
const tiered = (tiers?: object[]) =>
  aPrice({ id: 'price_team', unit_amount: null, billing_scheme: 'tiered', tiers_mode: 'graduated', tiers })
const TIERS = [
  { up_to: 10, unit_amount: 1000 },
  { up_to: null, unit_amount: 500 },
]
const coupon = { id: 'TENTH', object: 'coupon', duration: 'forever', percent_off: 10 }
const half = { id: 'HALF', object: 'coupon', duration: 'forever', percent_off: 50 }

/** Days after the start → an event about a subscription as it then is. */
const told = (
  day: number,
  fields: Parameters<typeof aSubscription>[0],
  kind = 'updated',
  id = `evt_${day}`,
): Received => read(anEvent(`customer.subscription.${kind}`, aSubscription(fields), { id, created: START + day * DAY }))
const item = (price: object, quantity: number) => [anItem({ price, quantity, discounts: [] })]

/** As newer API versions deliver it: prices without tiers, discounts by id, after one event that shows them in full. */
const SUBSCRIPTION: Received[] = [
  told(0, { items: item(aPrice(), 10), discounts: [{ id: 'di_1', coupon }] }, 'created'),
  told(10, { items: item(aPrice(), 12), discounts: ['di_1'] }),
  told(20, { items: item(tiered(), 12), discounts: ['di_1'] }),
  told(30, { items: item(tiered(), 14), discounts: ['di_1'] }),
  told(40, { items: item(tiered(), 20), discounts: ['di_1', 'di_2'] }),
  told(50, { items: item(aPrice(), 20), discounts: ['di_2'] }),
]
const PRICE = read(anEvent('price.created', tiered(TIERS), { id: 'evt_price', created: START + 90 * DAY }))
const DISCOUNT = read(
  anEvent(
    'customer.discount.created',
    { id: 'di_2', object: 'discount', customer: 'cus_1', source: { type: 'coupon', coupon: 'HALF' }, end: null },
    { id: 'evt_discount', created: START + 40 * DAY },
  ),
)
const COUPON = read(anEvent('coupon.created', half, { id: 'evt_coupon', created: START + 39 * DAY }))

async function mrrByDay(db: Database, tenantId: string): Promise<number[]> {
  const rows = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => tx.accountChange.findMany())
  const at = (day: number) => new Date((START + day * DAY) * 1000)
  return [5, 15, 25, 35, 45, 55].map((day) =>
    rows.filter((row) => row.day <= at(day)).reduce((sum, row) => sum + Number(row.amountMinor), 0),
  )
}

eachDatabase((open) => {
  it('a tiered price and a discount keep counting when webhooks name them alone', async () => {
    const db = await open()
    const context = await aTenant(db)
    const unknown = async () => (await verify(db, context.tenantId, NOW)).unknown.map(({ kind, id }) => [kind, id])
    for (const delivery of SUBSCRIPTION) await accept(db, context, [delivery])
    // The discount was shown once. Nothing tells of the tiers: 12 seats stay what they were. Nor of the second discount.
    expect(await mrrByDay(db, 'acme-saas')).toEqual([9_000, 10_800, 10_800, 10_800, 10_800, 20_000])
    expect(await unknown()).toEqual([
      ['DISCOUNT', 'di_2'],
      ['PRICE', 'price_team USD'],
    ])
    expect((await listQuarantine(db, context)).unknown).toMatchObject([{ accounts: 1 }, { example: 'stripe:cus_1' }])

    await accept(db, context, [PRICE])
    expect(await mrrByDay(db, 'acme-saas')).toEqual([9_000, 10_800, 9_900, 10_800, 13_500, 20_000])
    await accept(db, context, [DISCOUNT])
    expect(await unknown()).toEqual([['COUPON', 'HALF']])
    await accept(db, context, [COUPON])
    expect(await mrrByDay(db, 'acme-saas')).toEqual([9_000, 10_800, 9_900, 10_800, 6_750, 10_000])
    const proof = await verify(db, context.tenantId, NOW)
    expect([proof.unknown, proof.checks.flatMap(({ problems }) => problems)]).toEqual([[], []])

    const empty = await open()
    await replayInbox(db, empty, 'acme-saas', context.clock)
    expect((await verify(empty, 'acme-saas', NOW)).hash).toBe(proof.hash)
  })

  it('a price that is known already prices events one by one, without reading the past', async () => {
    const db = await open()
    const context = await aTenant(db)
    for (const delivery of [PRICE, COUPON, DISCOUNT, ...SUBSCRIPTION.slice(0, 4)]) await accept(db, context, [delivery])
    const tails = await db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, (tx) =>
      tailsOf(tx, 'acme-saas', ['stripe:cus_1']),
    )
    expect(tails.get('stripe:cus_1')?.size).toBe(1)
    await accept(db, context, SUBSCRIPTION.slice(4))
    expect(await mrrByDay(db, 'acme-saas')).toEqual([9_000, 10_800, 9_900, 10_800, 6_750, 10_000])
    expect((await verify(db, 'acme-saas', NOW)).checks.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('whatever the order of delivery, with duplicates, the ledger is the same', async () => {
    const db = await open()
    const all = [...SUBSCRIPTION, PRICE, DISCOUNT, COUPON]
    const hashes = new Set<string>()
    for (let seed = 0; seed < 25; seed += 1) {
      const context = await aTenant(db, { id: `seed-${seed}` })
      const random = randomOf('terms', String(seed))
      const order = [...all, ...all.filter(() => random.chance(1 / 3))]
        .map((delivery) => [random.next(), delivery] as const)
        .sort(([a], [b]) => a - b)
        .map(([, delivery]) => delivery)
      for (let start = 0; start < order.length; ) {
        const size = seed === 0 ? order.length : random.whole(1, 3)
        await accept(db, context, order.slice(start, start + size))
        start += size
      }
      const proof = await verify(db, context.tenantId, NOW)
      expect([seed, proof.unknown, proof.checks.flatMap(({ problems }) => problems)]).toEqual([seed, [], []])
      hashes.add(proof.hash)
    }
    expect(hashes.size).toBe(1)
  })

  it('a price that a person withdraws is forgotten, and told anew by what is left', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [...SUBSCRIPTION, PRICE, DISCOUNT, COUPON])
    const dearer = read(
      anEvent('price.created', tiered([{ up_to: null, unit_amount: 2000 }]), {
        id: 'evt_price',
        created: START + 90 * DAY,
      }),
    )
    await accept(db, context, [dearer])
    expect((await mrrByDay(db, 'acme-saas'))[2]).toBe(9_900)
    await resolveConflict(db, context, { source: 'stripe', externalId: 'evt_price', keep: 'second', reason: 'typo' })
    expect((await mrrByDay(db, 'acme-saas'))[2]).toBe(21_600)
    expect((await verify(db, 'acme-saas', NOW)).checks.flatMap(({ problems }) => problems)).toEqual([])
  })
})
