import type { Database } from '@nobishiro/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerHash } from '../../ledger/hash.ts'
import { verify } from '../../ledger/verify.ts'
import { aTenant } from '../../testing/build.ts'
import { eachDatabase, inMemory } from '../../testing/db.ts'
import { accept } from '../accept.ts'
import type { Received } from '../received.ts'
import { replayInbox } from '../replay-inbox.ts'
import { readStripe } from '../sources/stripe/stripe.ts'
import { eventsSince } from './testing/events.ts'
import { livesOf, NOW } from './testing/lives.ts'
import { type Month, naiveMonths, naiveUpsell } from './testing/naive.ts'
import { type Random, randomOf } from './testing/random.ts'
import { readFrom } from './testing/read-from.ts'
import { inboxOf, see } from './testing/see.ts'
import { type StripeServer, stripeServer } from './testing/stripe-server.ts'
import { accountOf } from './testing/vendor.ts'

const lives = livesOf(1, 40)
const clock = () => new Date(NOW * 1000)
const recent = (days: number): Received[] =>
  eventsSince(lives, NOW - days * 86_400).map((event) => readStripe(Buffer.from(JSON.stringify(event)), 'stripe'))

let server: StripeServer
beforeAll(async () => {
  server = await stripeServer(accountOf(lives))
})
afterAll(() => server.close())

const hashOf = (db: Database) => see(db, (tx) => ledgerHash(tx, 'acme-saas'))

async function monthsOf(db: Database): Promise<[string, Month][]> {
  const { checks, months } = await verify(db, 'acme-saas', clock())
  expect(checks.flatMap(({ problems }) => problems)).toEqual([])
  return months.map(({ month, opening, reactivation, expansion, contraction, churn, closing, new: come }) => {
    const sums = { opening, new: come, reactivation, expansion, contraction, churn, closing }
    return [month, Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Number(sum)])) as Month] // the same names
  })
}

/** What changes of plan brought to customers without a discount. */
async function upsellOf(db: Database): Promise<number> {
  const reduced = lives.filter(({ discount }) => discount !== null).map(({ customer }) => `stripe:${customer}`)
  const { _sum } = await see(db, (tx) =>
    tx.accountChange.aggregate({
      where: { strategy: 'UPSELL', accountId: { notIn: reduced } },
      _sum: { amountMinor: true },
    }),
  )
  return Number(_sum.amountMinor)
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const keyed = list.map((entry) => [random.next(), entry] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, entry]) => entry)
}

eachDatabase((open, engine) => {
  describe('the history of a vendor whose plans are products of their own', { timeout: 180_000 }, () => {
    it('comes out as it went, month by month, with upgrades as upsell; rate limits and lost connections are survived', async () => {
      const db = await open()
      await aTenant(db)
      server.asked.length = 0
      server.faults = new Map([
        [3, 'RATE_LIMIT'],
        [9, 'DROP'],
      ])
      const report = await readFrom(db, server.base)
      server.faults.clear()
      expect(report).toMatchObject({ outcome: 'READ', resumed: false, gaps: [], read: { products: 3, prices: 6 } })
      expect(report.months).toMatchObject({ last: '2026-11' })
      expect(await monthsOf(db)).toEqual([...naiveMonths(lives)].filter(([, { closing }]) => closing > 0))
      expect(await see(db, (tx) => tx.product.count())).toBe(1)
      expect(await upsellOf(db)).toBe(naiveUpsell(lives.filter(({ discount }) => discount === null)))
      expect(await upsellOf(db)).not.toBe(0)
    })

    it('read twice adds nothing, and replayed from the inbox is the same ledger', async () => {
      const db = await open()
      await aTenant(db)
      await readFrom(db, server.base)
      const [hash, rows] = [await hashOf(db), await inboxOf(db)]
      const again = await readFrom(db, server.base, { now: NOW + 60 })
      expect(again).toMatchObject({ outcome: 'NOTHING_NEW', added: 0 })
      expect([await hashOf(db), await inboxOf(db)]).toEqual([hash, rows])
      expect(await see(db, (tx) => tx.inboxConflict.count())).toBe(0)
      const { lastEventAt } = await see(db, (tx) => tx.source.findFirstOrThrow())
      expect(lastEventAt?.getTime()).toBe((NOW + 59) * 1000)

      const copy = await inMemory()
      await replayInbox(db, copy, 'acme-saas', clock)
      expect(await hashOf(copy)).toBe(hash)
      await copy.close()
    })

    it('and webhooks give one ledger, in whatever order they come', async () => {
      const db = await open()
      await aTenant(db)
      const events = recent(30)
      expect(events.length).toBeGreaterThan(5)
      await readFrom(db, server.base)
      await accept(db, { tenantId: 'acme-saas', source: 'stripe', clock }, events)
      const [hash, months] = [await hashOf(db), await monthsOf(db)]
      expect(months).toEqual([...naiveMonths(lives)].filter(([, { closing }]) => closing > 0))
      for (const seed of engine === 'pglite' ? [1] : [1, 2, 3]) {
        const other = await open()
        await aTenant(other)
        const random = randomOf(seed)
        const left = shuffled(events, random)
        const deliver = (count: number) =>
          accept(other, { tenantId: 'acme-saas', source: 'stripe', clock }, left.splice(0, count))
        await deliver(random.whole(0, 4))
        const delivered: Promise<unknown>[] = []
        await readFrom(other, server.base, { onProgress: () => delivered.push(deliver(random.whole(0, 3))) })
        await Promise.all(delivered)
        await deliver(left.length)
        expect(await hashOf(other)).toBe(hash)
      }
    })

    it('read again sets right what webhooks left wrong, once', async () => {
      const db = await open()
      await aTenant(db)
      await readFrom(db, server.base)
      const [before, hash] = [await monthsOf(db), await hashOf(db)]
      const life = lives.find(({ end }) => end === null)
      if (!life) throw new Error('Everybody has left')
      const wrong = {
        ...life,
        moves: [{ at: NOW + 600, holding: { plan: 'pro', interval: 'month', seats: 999 } } as const],
      }
      const [event] = eventsSince([wrong], NOW)
      await accept(db, { tenantId: 'acme-saas', source: 'stripe', clock }, [
        readStripe(Buffer.from(JSON.stringify({ ...event, type: 'customer.subscription.updated' })), 'stripe'),
      ])
      expect(await hashOf(db)).not.toBe(hash)
      expect(await readFrom(db, server.base, { now: NOW + 3600 })).toMatchObject({ outcome: 'READ', added: 1 })
      expect(await monthsOf(db)).toEqual(before)
      expect(await readFrom(db, server.base, { now: NOW + 7200 })).toMatchObject({ outcome: 'NOTHING_NEW' })
    })

    it('may be tried without writing anything', async () => {
      const db = await open()
      await aTenant(db)
      const report = await readFrom(db, server.base, { dryRun: true })
      expect(report).toMatchObject({ outcome: 'READ', dryRun: true })
      expect(report.months?.count).toBeGreaterThan(20)
      expect(await inboxOf(db)).toBe(0)
    })

    it('since a day says nothing of the time before, and what was then held is held from that day on', async () => {
      const db = await open()
      await aTenant(db)
      const report = await readFrom(db, server.base, { since: '2026-01-01T00:00:00.000Z' })
      const whole = new Map(naiveMonths(lives))
      const months = await monthsOf(db)
      expect(months.map(([month, { closing }]) => [month, closing])).toEqual(
        [...whole].filter(([month]) => month >= '2026-01').map(([month, { closing }]) => [month, closing]),
      )
      expect(report.gaps.map(({ code }) => code)).toEqual(['BEFORE_SINCE'])
    })
  })
})
