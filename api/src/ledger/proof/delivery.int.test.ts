import type { Database } from '@nobishiro/prisma'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { accept } from '../../ingest/accept.ts'
import type { Outcome, Received } from '../../ingest/received.ts'
import { readStripe } from '../../ingest/sources/stripe/stripe.ts'
import { type Random, randomOf } from '../../simulator/random.ts'
import { aTenant } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { verify } from '../verify.ts'
import { fixtureDeliveries, fixturesAreAbsent } from './testing/fixture-deliveries.ts'
import { oracleOf } from './testing/naive-oracle.ts'
import { livesOf, type StripeEvent } from './testing/random-lives.ts'

/** Seeds that deal everything, and those that deal the lives of two customers in turn. */
const SEEDS = { all: 10, some: 40 }
const SENDERS = 4
const NOW = new Date('2026-11-22T00:00:00Z')
const ZONE = 'Asia/Tokyo'

/** Ten life cycles, the same in every run: of each customer the longest of some. */
const lives: StripeEvent[][] = Array.from({ length: 10 }, (_, index) => {
  const drawn = fc.sample(livesOf(`cus_${index}`), { seed: 1000 + index, numRuns: 12 })
  return drawn.reduce((longest, each) => (each.length > longest.length ? each : longest), [])
})
const receivedOf = (events: readonly StripeEvent[]): Received[] =>
  events.map((event) => readStripe(Buffer.from(JSON.stringify(event)), 'stripe'))
const generated = receivedOf(lives.flat())
const pairs = Array.from({ length: lives.length / 2 }, (_, pair) =>
  receivedOf(lives.slice(2 * pair, 2 * pair + 2).flat()),
)

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list]
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = random.whole(0, index)
    ;[result[index], result[other]] = [result[other] as T, result[index] as T] // both within the list
  }
  return result
}

/** Everything at least once, a third twice or more, in any order and dealt to senders that do not know of each other. */
function dealt(deliveries: readonly Received[], random: Random): Received[][] {
  const again = deliveries.filter(() => random.chance(1 / 3))
  const hands: Received[][] = Array.from({ length: SENDERS }, () => [])
  for (const delivery of shuffled([...deliveries, ...again], random))
    hands[random.whole(0, SENDERS - 1)]?.push(delivery)
  return hands
}

function batches(hand: readonly Received[], random: Random): Received[][] {
  const cut: Received[][] = []
  for (let start = 0; start < hand.length; start += cut.at(-1)?.length ?? 1) {
    cut.push(
      hand.slice(
        start,
        start +
          random.weighted([
            [1, 1],
            [random.whole(2, 9), 2],
            [random.whole(10, 60), 4],
          ]),
      ),
    )
  }
  return cut
}

/** Delivers all of it by senders at once; returns what became of each delivery. */
async function deliver(db: Database, deliveries: readonly Received[], seed: number) {
  const context = await aTenant(db, { id: `seed-${seed}`, timeZone: ZONE })
  const random = randomOf('delivery', String(seed))
  const outcomes: Outcome[] = []
  const send = async (hand: Received[][]) => {
    for (const batch of hand) outcomes.push(...(await accept(db, context, batch)))
  }
  await Promise.all(dealt(deliveries, random).map((hand) => send(batches(hand, random))))
  return { tenantId: context.tenantId, outcomes }
}

const count = (outcomes: readonly Outcome[], outcome: Outcome['outcome']) =>
  outcomes.filter((each) => each.outcome === outcome).length

eachDatabase((open) => {
  describe('four senders at once, in any order and more than once', () => {
    let deliveries = generated
    beforeAll(() => {
      if (!fixturesAreAbsent) deliveries = [...generated, ...fixtureDeliveries()]
    })

    it('give one ledger that passes every check, whatever the seed', async ({ annotate }) => {
      if (fixturesAreAbsent)
        await annotate('The published Stripe events are absent: only generated ones are delivered.')
      const db = await open()
      let seed = 0
      const holds = async (sent: readonly Received[], times: number, least: number) => {
        const orderly = await aTenant(db, { id: `orderly-${seed}`, timeZone: ZONE })
        await accept(db, orderly, sent)
        const { hash, lines } = await verify(db, orderly.tenantId, NOW)
        expect(lines).toBeGreaterThanOrEqual(least)
        for (let time = 0; time < times; time += 1) {
          seed += 1
          const { tenantId, outcomes } = await deliver(db, sent, seed)
          expect([count(outcomes, 'POSTED') + count(outcomes, 'IGNORED'), count(outcomes, 'CONFLICT')]).toEqual([
            sent.length,
            0,
          ])
          const found = await verify(db, tenantId, NOW)
          expect([seed, found.hash, found.checks.flatMap(({ problems }) => problems)]).toEqual([seed, hash, []])
        }
      }
      await holds(deliveries, SEEDS.all, 80)
      for (const pair of pairs) await holds(pair, SEEDS.some / pairs.length, 2)
    }, 300_000)

    it('post on every day what a naive reading of the webhooks gives', async () => {
      const db = await open()
      const { tenantId } = await deliver(db, generated, 0)
      for (const [index, events] of lives.entries()) {
        const rows = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
          tx.ledgerLine.findMany({ where: { accountId: `stripe:cus_${index}` } }),
        )
        const { mrrAt } = oracleOf(events, ZONE, [])
        for (let time = Date.UTC(2022, 0, 1); time < Date.UTC(2027, 0, 1); time += 86_400_000) {
          const day = new Date(time).toISOString().slice(0, 10)
          const posted = new Map<string, bigint>()
          for (const row of rows) {
            if (row.effectiveDay.getTime() > time) continue
            posted.set(row.currency, (posted.get(row.currency) ?? 0n) + row.amountMinor)
          }
          const shown = (sums: Map<string, bigint>) => [...sums].filter(([, sum]) => sum !== 0n).sort()
          expect([day, shown(posted)]).toEqual([day, shown(mrrAt(day))])
        }
      }
    })
  })
})
