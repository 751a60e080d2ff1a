import type { Database } from '@nobishiro/prisma'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accept } from '../../ingest/accept.ts'
import type { UsageEvent } from '../../ingest/event.ts'
import type { Received } from '../../ingest/received.ts'
import { replayInbox } from '../../ingest/replay-inbox.ts'
import { resolveConflict } from '../../ingest/resolve-conflict.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../../testing/build.ts'
import { eachDatabase, inMemory } from '../../testing/db.ts'
import { verify } from '../verify.ts'
import { dayText, type MeteredLife, usageMrr } from './testing/naive-usage.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const price = (unit: string) => aPrice(unit, { usage: 'METERED', meter: 'calls' })

function used(customer: string, day: string, quantity: string, rest: Partial<UsageEvent> = {}): Received {
  const event: UsageEvent = { type: 'usage', account: customer, metric: 'calls', day, quantity, ...rest }
  const id = `use ${customer} ${day} ${quantity}`
  return { ...delivered(id, event), eventTime: `${day}T20:00:00.000Z` }
}

function deliveriesOf({ customer, start, end, unit, used: readings }: MeteredLife): Received[] {
  const about = { account: customer, subscription: `sub_${customer}` }
  const at = (day: number) => `${dayText(day)}T09:00:00.000Z`
  const begins = delivered(
    `b ${customer}`,
    aSubscription({ ...about, at: at(start), items: [anItem('api', 1, price(unit))] }),
  )
  const ends =
    end === null
      ? []
      : [delivered(`e ${customer}`, aSubscription({ ...about, at: at(end), status: 'ENDED', items: [], rank: 2 }))]
  return [begins, ...ends, ...readings.map(({ day, quantity }) => used(customer, dayText(day), String(quantity)))]
}

async function lines(db: Database, tenantId: string, accountId: string): Promise<string[]> {
  const rows = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.accountChange.findMany({ where: { accountId }, orderBy: { day: 'asc' } }),
  )
  return rows.map(({ day, amountMinor, strategy }) => `${day.toISOString().slice(0, 10)} ${amountMinor} ${strategy}`)
}

const life = fc.record({
  start: fc.nat({ max: 200 }),
  lasts: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null }),
  unit: fc.constantFrom('1', '0.5', '12.345'),
  used: fc.uniqueArray(fc.record({ day: fc.nat({ max: 400 }), quantity: fc.nat({ max: 5_000 }) }), {
    maxLength: 25,
    selector: ({ day }) => day,
  }),
})
const vendor = fc.array(life, { minLength: 2, maxLength: 4 }).map((rows) =>
  rows.map(({ lasts, ...row }, index): MeteredLife => {
    return { ...row, customer: `cus_${index}`, end: lasts === null ? null : row.start + lasts }
  }),
)

eachDatabase((open) => {
  it('subscriptions and usage in any order, more than once, give one ledger: what a naive reading says of every day', async () => {
    const db = await open()
    let run = 0
    const cases = vendor.chain((lives) => {
      const all = lives.flatMap(deliveriesOf)
      return fc.tuple(fc.constant(lives), fc.shuffledSubarray([...all, ...all.slice(0, 9)], { minLength: all.length }))
    })
    await fc.assert(
      fc.asyncProperty(cases, async ([lives, shuffled]) => {
        run += 1
        const orderly = await aTenant(db, { id: `orderly-${run}` })
        const other = await aTenant(db, { id: `shuffled-${run}` })
        await accept(db, orderly, lives.flatMap(deliveriesOf))
        for (let start = 0; start < shuffled.length; start += 7)
          await accept(db, other, shuffled.slice(start, start + 7))
        await accept(db, other, lives.flatMap(deliveriesOf))
        const [expected, found] = [await verify(db, orderly.tenantId, NOW), await verify(db, other.tenantId, NOW)]
        expect(expected.checks.flatMap(({ problems }) => problems)).toEqual([])
        expect(found.checks.flatMap(({ problems }) => problems)).toEqual([])
        expect(found.hash).toBe(expected.hash)
        for (const each of lives) {
          const rows = await db.withTenant({ tenantId: other.tenantId, viewer: 'TENANT' }, (tx) =>
            tx.accountChange.findMany({ where: { accountId: `stripe:${each.customer}` } }),
          )
          for (let day = 0; day < 620; day += 1) {
            const known = rows.filter((row) => row.day.toISOString().slice(0, 10) <= dayText(day))
            const posted = known.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
            expect([each.customer, dayText(day), posted]).toEqual([
              each.customer,
              dayText(day),
              usageMrr(each, lives, day),
            ])
          }
        }
      }),
      { numRuns: 8, seed: 11 },
    )
  }, 300_000)

  describe('usage that comes late', () => {
    const first = [
      ...deliveriesOf({ customer: 'cus_a', start: 9, end: null, unit: '1', used: [{ day: 20, quantity: 300 }] }),
      used('cus_a', '2024-02-29', '600'),
      used('cus_a', '2024-03-31', '900'),
      used('cus_a', '2024-04-30', '300'),
      used('cus_a', '2024-05-31', '300'),
    ]

    it('is dated where it belongs, and moves later closings alone', async () => {
      const db = await open()
      const context = await aTenant(db)
      await accept(db, context, first)
      const before = await lines(db, context.tenantId, 'stripe:cus_a')
      expect(before).toEqual([
        ...['2024-02-01 300 USAGE', '2024-03-01 150 USAGE', '2024-04-01 150 USAGE'],
        '2024-06-01 -100 USAGE',
      ])
      await accept(db, context, [{ ...used('cus_a', '2024-03-15', '30'), eventTime: '2024-06-20T00:00:00.000Z' }])
      expect(await lines(db, context.tenantId, 'stripe:cus_a')).toEqual([
        ...before.slice(0, 2),
        ...['2024-04-01 160 USAGE', '2024-06-01 -100 USAGE'],
      ])
      const ledger = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
        tx.ledgerLine.findMany({ orderBy: { id: 'asc' } }),
      )
      const added = ledger.slice(before.length)
      expect(
        added.map(({ reverses, effectiveDay }) => [reverses !== null, effectiveDay.toISOString().slice(0, 10)]),
      ).toEqual([
        [true, '2024-04-01'],
        [false, '2024-04-01'],
      ])
      expect((await verify(db, context.tenantId, NOW)).ok).toBe(true)
    })

    it('of another account closes the month for everybody with the metric', async () => {
      const db = await open()
      const context = await aTenant(db)
      await accept(
        db,
        context,
        deliveriesOf({ customer: 'cus_a', start: 9, end: null, unit: '1', used: [{ day: 20, quantity: 300 }] }),
      )
      await accept(db, context, deliveriesOf({ customer: 'cus_b', start: 9, end: null, unit: '1', used: [] }))
      expect(await lines(db, context.tenantId, 'stripe:cus_a')).toEqual([])
      await accept(db, context, [used('cus_b', '2024-02-29', '1')])
      expect(await lines(db, context.tenantId, 'stripe:cus_a')).toEqual([
        '2024-02-01 300 USAGE',
        '2024-03-01 -150 USAGE',
      ])
      expect((await verify(db, context.tenantId, NOW)).ok).toBe(true)
    })

    it('with a day that lies ahead of its delivery closes nothing', async () => {
      const db = await open()
      const context = await aTenant(db)
      await accept(db, context, first)
      const before = await lines(db, context.tenantId, 'stripe:cus_a')
      await accept(db, context, [{ ...used('cus_a', '2099-01-31', '1'), eventTime: '2024-06-01T00:00:00.000Z' }])
      expect(await lines(db, context.tenantId, 'stripe:cus_a')).toEqual(before)
    })

    it('a correction a person keeps takes the first reading back', async () => {
      const db = await open()
      const context = await aTenant(db)
      await accept(db, context, first)
      const wrong = used('cus_a', '2024-05-31', '300')
      const right = { ...used('cus_a', '2024-05-31', '600'), externalId: wrong.externalId }
      await accept(db, context, [right])
      await resolveConflict(db, context, {
        source: 'stripe',
        externalId: wrong.externalId,
        keep: 'second',
        reason: 'typo',
      })
      expect((await lines(db, context.tenantId, 'stripe:cus_a')).at(-1)).toBe('2024-04-01 150 USAGE')
      expect((await verify(db, context.tenantId, NOW)).ok).toBe(true)
    })

    it('the inbox alone gives the same ledger', async () => {
      const db = await open()
      const context = await aTenant(db)
      for (const delivery of first) await accept(db, context, [delivery])
      const copy = await inMemory()
      try {
        await replayInbox(db, copy, context.tenantId, context.clock)
        const [posted, replayed] = [await verify(db, context.tenantId, NOW), await verify(copy, context.tenantId, NOW)]
        expect([replayed.hash, replayed.ok]).toEqual([posted.hash, true])
      } finally {
        await copy.close()
      }
    })
  })

  it('seats that are measured are no usage', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [
      delivered('s', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [anItem('crm', 3, aPrice('1000'))] })),
      used('acme', '2024-02-29', '3', { metric: 'active_seats' }),
    ])
    expect(await lines(db, context.tenantId, 'stripe:acme')).toEqual(['2024-01-10 3000 CROSS_SELL'])
  })
})
