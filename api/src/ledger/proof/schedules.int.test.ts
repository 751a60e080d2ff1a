import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../../ingest/accept.ts'
import { anEvent, anItem, aPrice, aSubscription, read, START } from '../../ingest/sources/stripe/testing.ts'
import { randomOf } from '../../simulator/random.ts'
import { aTenant } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { verify } from '../verify.ts'

const DAY = 86_400
const NOW = new Date('2026-11-22T00:00:00Z')
const phase = (day: number, price: string, quantity: number) => ({
  ...{ start_date: START + day * DAY, end_date: START + (day + 30) * DAY, currency: 'usd' },
  items: [{ price, quantity }],
})
const planned = (day: number, kind: string, fields: object) =>
  read(
    anEvent(
      `subscription_schedule.${kind}`,
      { id: 'sub_sched_1', object: 'subscription_schedule', customer: 'cus_1', end_behavior: 'release', ...fields },
      { id: `evt_sched_${day}`, created: START + day * DAY },
    ),
  )
const told = (day: number, kind: string, quantity: number) =>
  read(
    anEvent(
      `customer.subscription.${kind}`,
      aSubscription({
        start_date: START + 20 * DAY,
        items: [anItem({ price: aPrice({ id: 'price_pro' }), quantity })],
      }),
      { id: `evt_sub_${day}`, created: START + day * DAY },
    ),
  )

/** The first as old API versions say it. */
const PHASES = [{ ...phase(20, 'price_pro', 10), currency: undefined }, phase(50, 'price_pro', 4)]
/** Signed on day 0, begins on day 20, goes down on day 50; the rest of the plan is released on day 60. */
const EVENTS = [
  planned(0, 'created', { subscription: null, status: 'not_started', phases: PHASES }),
  told(20, 'created', 10),
  planned(20, 'updated', { subscription: 'sub_1', status: 'active', phases: PHASES }),
  told(50, 'updated', 4),
  planned(55, 'updated', { subscription: 'sub_1', status: 'active', phases: [...PHASES, phase(80, 'price_pro', 40)] }),
  planned(60, 'released', { subscription: null, released_subscription: 'sub_1', status: 'released', phases: PHASES }),
]
const PRICE = read(anEvent('price.created', aPrice({ id: 'price_pro' }), { id: 'evt_price', created: START }))

/** What is agreed and not in effect, on some days. */
async function pending(db: Database, tenantId: string): Promise<number[]> {
  const rows = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => tx.accountOutlook.findMany())
  return [5, 25, 52, 57, 62].map((day) =>
    rows
      .filter((row) => row.day <= new Date((START + day * DAY) * 1000))
      .reduce((sum, row) => sum + Number(row.amountMinor), 0),
  )
}

eachDatabase((open) => {
  it('phases that have not begun are committed, whatever the order in which they, their price and the subscription come', async () => {
    const db = await open()
    const hashes = new Set<string>()
    for (let seed = 0; seed < 12; seed += 1) {
      const context = await aTenant(db, { id: `seed-${seed}` })
      const random = randomOf('schedules', String(seed))
      const all = [...EVENTS, PRICE]
      const order = [...all, ...all.filter(() => random.chance(1 / 3))]
        .map((delivery) => [seed === 0 ? 0 : random.next(), delivery] as const)
        .sort(([a], [b]) => a - b)
        .map(([, delivery]) => delivery)
      for (const delivery of order) await accept(db, context, [delivery])
      expect([seed, await pending(db, context.tenantId)]).toEqual([seed, [4_000, -6_000, 0, 36_000, 0]])
      const proof = await verify(db, context.tenantId, NOW)
      expect([proof.unknown, proof.checks.flatMap(({ problems }) => problems)]).toEqual([[], []])
      hashes.add(proof.hash)
    }
    expect(hashes.size).toBe(1)
  })

  it('a phase whose price nothing tells is not committed, and named', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, EVENTS.slice(0, 1))
    expect(await pending(db, 'acme-saas')).toEqual([0, 0, 0, 0, 0])
    expect((await verify(db, 'acme-saas', NOW)).unknown.map(({ id }) => id)).toEqual(['price_pro', 'price_pro USD'])
    await accept(db, context, [PRICE])
    expect(await pending(db, 'acme-saas')).toEqual([4_000, -6_000, 0, 0, 0])
  })
})
