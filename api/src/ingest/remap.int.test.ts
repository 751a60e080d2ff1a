import { expect, it } from 'vitest'
import { verify } from '../ledger/verify.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { accept } from './accept.ts'
import type { PriceEvent } from './event.ts'

const mapped = (price: string, plan: string, rank: number, product = 'CRM'): PriceEvent => ({
  type: 'price',
  price,
  product: plan,
  at: '2024-06-01T00:00:00.000Z',
  pricing: aPrice(price.split('_')[2] ?? '0'),
  mapping: { product, plan, rank, kind: 'LICENCE' },
})
const ranks = (pro: number, product?: string) => [
  mapped('price_basic_1000', 'Basic', 1),
  mapped('price_pro_1800', 'Pro', pro, product),
]

eachDatabase((open) => {
  it('what a mapping says later takes lines back and posts them anew', async () => {
    const db = await open()
    const context = await aTenant(db)
    const upgrade = [
      delivered(
        'e1',
        aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [anItem('basic', 10, aPrice('1000'), { item: 'a' })] }),
      ),
      delivered(
        'e2',
        aSubscription({ at: '2024-03-10T00:00:00.000Z', items: [anItem('pro', 50, aPrice('1800'), { item: 'b' })] }),
      ),
    ]
    await accept(db, context, upgrade)
    const strategies = async (id: string, events: PriceEvent[]) => {
      await accept(db, context, [{ ...delivered(id), kind: 'mapping', events }])
      expect(
        (await verify(db, context.tenantId, new Date('2024-07-01'))).checks.flatMap(({ problems }) => problems),
      ).toEqual([])
      const changes = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
        tx.accountChange.findMany({
          where: { day: new Date('2024-03-10') },
          select: { strategy: true, amountMinor: true },
        }),
      )
      const sums = new Map<string, bigint>()
      for (const { strategy, amountMinor } of changes) sums.set(strategy, (sums.get(strategy) ?? 0n) + amountMinor)
      return Object.fromEntries(sums)
    }
    expect(await strategies('m1', ranks(2))).toEqual({ SEAT: 40_000n, UPSELL: 40_000n })
    expect(await strategies('m2', ranks(1))).toEqual({ SEAT: 40_000n, CONTRACT_VALUE: 40_000n })
    expect(await strategies('m3', ranks(2, 'Suite'))).toEqual({ CROSS_SELL: 80_000n })
    expect(await strategies('m4', ranks(2))).toEqual({ SEAT: 40_000n, UPSELL: 40_000n })
  })
})
