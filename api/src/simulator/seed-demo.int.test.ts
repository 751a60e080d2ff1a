import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { eachDatabase } from '../testing/db.ts'
import { arrivals } from './arrivals.ts'
import { monthStart } from './calendar.ts'
import { foldNaively } from './naive-fold.ts'
import { DEMO_SEED, seedDemo } from './seed-demo.ts'
import { type Span, simulate, threeYearsBefore } from './simulate.ts'
import { usageByMonth } from './usage.ts'

const now = new Date('2026-11-22T03:00:00Z')
const clock = () => now
const span: Span = { seed: DEMO_SEED, from: threeYearsBefore(now), until: now }
const door = { tenantId: 'demo', viewer: 'TENANT' } as const

function stateOf(db: Database) {
  return db.withTenant(door, async (tx) => ({
    hash: await ledgerHash(tx, 'demo'),
    usage: await tx.usageRecord.count(),
    inbox: await tx.inbox.groupBy({ by: ['status'], _count: true }),
    version: (await tx.tenant.findUniqueOrThrow({ where: { id: 'demo' } })).version,
  }))
}

/** Ledger of a demo that was seeded at once; the same on every engine. */
let whole: string | undefined
async function wholeHash(open: () => Promise<Database>): Promise<string> {
  if (whole === undefined) {
    const db = await open()
    await seedDemo(db, { clock })
    whole = (await stateOf(db)).hash
  }
  return whole
}

/** MRR in one currency at the end of each month, from the ledger. */
async function monthlyMrr(db: Database, currency: string): Promise<number[]> {
  const changes = await db.withTenant(door, (tx) =>
    tx.accountChange.findMany({
      where: { currency: currency.toUpperCase() },
      select: { day: true, amountMinor: true },
    }),
  )
  const months = Array.from({ length: 37 }, (_, month) => monthStart(span.from, month + 1))
  return months.map((end) =>
    changes
      .filter(({ day }) => day.getTime() < end.getTime() + 9 * 3_600_000)
      .reduce((sum, row) => sum + Number(row.amountMinor), 0),
  )
}

eachDatabase((open) => {
  describe('seeding the demo', () => {
    it('gives the ledger that a naive reading of the webhooks gives, and every strategy in it', async () => {
      const db = await open()
      await seedDemo(db, { clock })
      whole ??= (await stateOf(db)).hash
      expect((await stateOf(db)).hash).toBe(whole)
      const arrived = [...new Set(arrivals(simulate(span), span))].sort(
        (a, b) => a.created.getTime() - b.created.getTime(),
      )
      const naive = foldNaively(arrived, span, usageByMonth(span))
      for (const currency of ['jpy', 'usd']) {
        const own = naive.filter((account) => account.currency === currency)
        const total = (month: number) => own.reduce((sum, { mrr }) => sum + (mrr[month] ?? 0), 0)
        const months = Array.from({ length: 37 }, (_, month) => total(month))
        expect(months.at(-1)).toBeGreaterThan(10_000)
        expect(await monthlyMrr(db, currency)).toEqual(months)
      }

      const parts = await db.withTenant(door, (tx) =>
        tx.accountChange.groupBy({ by: ['strategy'], where: { amountMinor: { gt: 0 } }, _sum: { amountMinor: true } }),
      )
      const strategies = parts.map((row) => row.strategy).sort()
      expect(strategies).toEqual(['CONTRACT_VALUE', 'CROSS_SELL', 'FEATURE', 'GEOGRAPHIC', 'SEAT', 'UPSELL', 'USAGE'])
      const products = await db.withTenant(door, (tx) => tx.product.findMany({ include: { plans: true } }))
      expect(products.map(({ name, plans }) => [name, plans.length]).sort()).toEqual([
        ['Hibiki Automation', 2],
        ['Hibiki Core', 4],
        ['Hibiki Insights', 2],
        ['Hibiki Runs', 1],
        ['Hibiki Sign-on', 1],
        ['Support', 2],
      ])
    })

    it('is completed after it was cut off, goes on when time has passed, and repeating it changes nothing', async () => {
      const db = await open()
      const earlier = () => new Date('2026-11-05T00:00:00Z')
      const cut = seedDemo(db, {
        clock: earlier,
        onProgress: ({ done }) => {
          if (done >= 800) throw new Error('cut off')
        },
      })
      await expect(cut).rejects.toThrow('cut off')
      await seedDemo(db, { clock: earlier })
      expect((await stateOf(db)).hash).not.toBe(await wholeHash(open))
      await seedDemo(db, { clock })
      const completed = await stateOf(db)
      expect(completed.hash).toBe(await wholeHash(open))
      await seedDemo(db, { clock })
      expect(await stateOf(db)).toEqual(completed)
      const { checks, months } = await verify(db, 'demo', now)
      expect(checks.filter(({ problems }) => problems.length > 0)).toEqual([])
      expect(months.length).toBeGreaterThanOrEqual(36)
    })
  })
})
