import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { verify } from './verify.ts'

const seats = (quantity: number) => anItem('core', quantity, aPrice('1000'))

eachDatabase((open) => {
  it('a ledger made by events passes, and its months add up', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [
      delivered('e1', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [seats(3)] })),
      delivered('e2', aSubscription({ at: '2024-02-10T00:00:00.000Z', items: [seats(10)] })),
      delivered('e3', aSubscription({ at: '2024-03-10T00:00:00.000Z', items: [seats(10)], status: 'ENDED', rank: 2 })),
      delivered('e4', aSubscription({ at: '2024-05-10T00:00:00.000Z', items: [seats(4)], subscription: 'sub_2' })),
      delivered(
        'e5',
        aSubscription({ at: '2024-01-31T23:00:00.000Z', items: [seats(1)], subscription: 'sub_9', account: 'other' }),
      ),
    ])
    const result = await verify(db, context.tenantId, new Date('2025-02-01T12:00:00Z'))
    expect(result.checks.flatMap((check) => check.problems)).toEqual([])
    expect(result.ok).toBe(true)
    const flows = result.months
      .slice(0, 5)
      .map((m) => [m.month, m.opening, m.new, m.reactivation, m.expansion, m.contraction, m.churn, m.closing])
    expect(flows).toEqual([
      ['2024-01', 0n, 4_000n, 0n, 0n, 0n, 0n, 4_000n],
      ['2024-02', 4_000n, 0n, 0n, 7_000n, 0n, 0n, 11_000n],
      ['2024-03', 11_000n, 0n, 0n, 0n, 0n, 10_000n, 1_000n],
      ['2024-04', 1_000n, 0n, 0n, 0n, 0n, 0n, 1_000n],
      ['2024-05', 1_000n, 0n, 4_000n, 0n, 0n, 0n, 5_000n],
    ])
    const january = result.months.find((m) => m.month === '2025-01')
    expect([january?.cohortOpening, january?.cohortClosing, january?.cohortKept]).toEqual([4_000n, 5_000n, 4_000n])
  })

  it('change points that were tampered with are named', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [delivered('e1', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [seats(3)] }))])
    await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
      tx.accountChange.updateMany({ where: { tenantId: context.tenantId }, data: { amountMinor: 2_999n } }),
    )
    const result = await verify(db, context.tenantId, new Date('2024-02-01T12:00:00Z'))
    expect(result.ok).toBe(false)
    expect(result.checks.filter((check) => check.problems.length > 0).map((check) => check.name)).toEqual([
      'change-points',
    ])
  })

  it('accounts that belong to each other in a circle are named', async () => {
    const db = await open()
    const context = await aTenant(db)
    const at = '2024-01-10T00:00:00.000Z'
    await accept(db, context, [
      delivered('a', anAccount('a', at, { parent: 'b' })),
      delivered('b', anAccount('b', at, { parent: 'c' })),
      delivered('c', anAccount('c', at, { parent: 'a' })),
      delivered('d', anAccount('d', at, { parent: 'a' })),
    ])
    const { checks } = await verify(db, context.tenantId, new Date('2024-02-01T12:00:00Z'))
    expect(checks.flatMap(({ problems }) => problems)).toEqual([
      {
        where: 'stripe:a',
        expected: 'a parent outside of what belongs to it',
        found: 'stripe:a in stripe:b in stripe:c in stripe:a',
      },
    ])
  })

  it('nobody can change or remove a line', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [delivered('e1', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [seats(3)] }))])
    const inside = { tenantId: context.tenantId, viewer: 'TENANT' } as const
    await expect(
      db.withTenant(inside, (tx) => tx.ledgerLine.updateMany({ data: { amountMinor: 1n } })),
    ).rejects.toThrow(/permission denied/)
    await expect(db.withTenant(inside, (tx) => tx.ledgerLine.deleteMany())).rejects.toThrow(/permission denied/)
  })
})
