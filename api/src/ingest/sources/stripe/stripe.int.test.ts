import type { Database } from '@nobishiro/prisma'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerHash } from '../../../ledger/hash.ts'
import { aTenant } from '../../../testing/build.ts'
import { eachDatabase } from '../../../testing/db.ts'
import { accept } from '../../accept.ts'
import { delivery, stripeEvents } from './arbitrary-events.ts'
import { readStripe } from './stripe.ts'
import { anEvent, anItem, aPrice, aSubscription, START, toBytes } from './testing.ts'

type Event = Record<string, unknown>

const MONTH = 30 * 86_400
const LATER = START + MONTH
const LATEST = START + 2 * MONTH

/** Basic at 10.00 and Pro at 18.00: two prices of one product, or two products. */
const basic = (product: string) => aPrice({ id: 'price_basic', product, nickname: 'Basic', unit_amount: 1000 })
const pro = (product: string) => aPrice({ id: 'price_pro', product, nickname: 'Pro', unit_amount: 1800 })
const items = (price: Event, quantity: number, id = 'si_1') => [anItem({ id, price, quantity })]

function event(kind: string, created: number, fields: Event & { items: Event[] }): Event {
  const id = `evt_${created}_${kind}_${String(fields['id'] ?? 'sub_1')}`
  return anEvent(`customer.subscription.${kind}`, aSubscription({ start_date: created, ...fields }), { id, created })
}

const changing = (first: Event[], then: Event[]): Event[] => [
  event('created', START, { items: first }),
  event('updated', LATER, { items: then }),
  event('updated', LATEST, { items: first }),
]

/** 10 Basic to 50 Pro and back, in the three shapes in which Stripe tells it. */
const SHAPES: Record<string, Event[]> = {
  'two prices of one product': changing(items(basic('prod_core'), 10), items(pro('prod_core'), 50)),
  'two products in one subscription': changing(items(basic('prod_basic'), 10), items(pro('prod_pro'), 50, 'si_2')),
  'one subscription replaced by another': [
    event('created', START, { items: items(basic('prod_core'), 10) }),
    event('deleted', LATER, { items: items(basic('prod_core'), 10), ended_at: LATER }),
    event('created', LATER, { id: 'sub_2', items: items(pro('prod_core'), 50) }),
    event('deleted', LATEST, { id: 'sub_2', items: items(pro('prod_core'), 50), ended_at: LATEST }),
    event('created', LATEST, { id: 'sub_3', items: items(basic('prod_core'), 10) }),
  ],
}

const receive = (event: Event) => readStripe(toBytes(event), 'stripe')

/** One, two, three, … at a time, so that batches of every size meet. */
function batches(events: Event[]): Event[][] {
  const cut: Event[][] = []
  for (let start = 0, size = 1; start < events.length; start += size++) cut.push(events.slice(start, start + size))
  return cut
}

function hashOf(db: Database, tenantId: string): Promise<string> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId))
}

eachDatabase((open) => {
  describe('Stripe events in the ledger', () => {
    it.each(Object.entries(SHAPES))('%s: seats and upgrade are split to the minor unit', async (_, events) => {
      const db = await open()
      const context = await aTenant(db)
      await accept(db, context, events.map(receive))
      const changes = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
        tx.accountChange.groupBy({
          by: ['day', 'strategy'],
          _sum: { amountMinor: true, seats: true },
          orderBy: [{ day: 'asc' }, { strategy: 'asc' }],
        }),
      )
      expect(changes.map((row) => [row.strategy, row._sum.amountMinor, row._sum.seats])).toEqual([
        ['CROSS_SELL', 10_000n, 10],
        ['SEAT', 40_000n, 40],
        ['UPSELL', 40_000n, 0],
        ['SEAT', -72_000n, -40],
        ['UPSELL', -8_000n, 0],
      ])
    })

    it('delivered in any order, with duplicates, give the same ledger', async () => {
      const db = await open()
      let run = 0
      const sample = stripeEvents.chain((events) => fc.tuple(fc.constant(events), delivery(events)))
      await fc.assert(
        fc.asyncProperty(sample, async ([events, delivered]) => {
          run++
          const orderly = await aTenant(db, { id: `orderly-${run}` })
          const messy = await aTenant(db, { id: `messy-${run}` })
          await accept(db, orderly, events.map(receive))
          for (const batch of batches(delivered)) await accept(db, messy, batch.map(receive))
          expect(await hashOf(db, messy.tenantId)).toBe(await hashOf(db, orderly.tenantId))
        }),
        { numRuns: 10, endOnFailure: true },
      )
    })

    it('that are ignored leave a reason and no line', async () => {
      const db = await open()
      const context = await aTenant(db)
      const [outcome] = await accept(db, context, [receive(anEvent('charge.updated', { id: 'ch_1' }))])
      expect(outcome).toEqual({
        externalId: 'evt_1',
        outcome: 'IGNORED',
        reason: 'Events of the kind charge.updated are not counted.',
      })
      const lines = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) => tx.ledgerLine.count())
      expect(lines).toBe(0)
    })
  })
})
