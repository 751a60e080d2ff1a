import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import type { Received } from '../ingest/received.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { verify } from './verify.ts'

const day = (number: number) => new Date(Date.UTC(2024, 0, number)).toISOString()
const basic = (seats: number) => anItem('basic', seats, aPrice('1000'))
const pro = (seats: number) => anItem('pro', seats, aPrice('1800'), { item: 'si_2' })

/** Two accounts that grow, one of them onto another product, one late word and one correction of a day. */
const LIFE: Received[] = [
  delivered('e0', anAccount('acme', day(1))),
  delivered('e1', aSubscription({ at: day(2), items: [basic(3)] })),
  delivered('e2', aSubscription({ at: day(3), account: 'bolt', subscription: 'sub_2', items: [basic(1)] })),
  delivered('e3', aSubscription({ at: day(20), items: [basic(5)] })),
  delivered('e4', aSubscription({ at: day(25), items: [basic(5), pro(2)] })),
  delivered('e5', aSubscription({ at: day(10), items: [basic(4)] })),
  delivered('e6', aSubscription({ at: day(40), items: [pro(9)] })),
  delivered('e7', aSubscription({ at: day(40), rank: 2, items: [pro(8)] })),
  delivered('e8', aSubscription({ at: day(50), account: 'bolt', subscription: 'sub_2', items: [pro(1)] })),
  delivered('e9', aSubscription({ at: day(60), status: 'ENDED', items: [pro(8)] })),
]

const rowsOf = (db: Database, tenantId: string) =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => ({
    subscriptions: await tx.$queryRaw`
      SELECT id, account_id, status, currency, started_at, ended_at, committed_minor, tail FROM subscription
      WHERE tenant_id = ${tenantId} ORDER BY id`,
    items: await tx.subscriptionItem.findMany({
      omit: { tenantId: true },
      orderBy: [{ subscriptionId: 'asc' }, { id: 'asc' }],
    }),
    evidence: await tx.catalogEvidence.findMany({ omit: { tenantId: true } }),
  }))

eachDatabase((open) => {
  it('events one by one leave what one batch leaves: lines, subscriptions, evidence, and where each fold stands', async () => {
    const db = await open()
    const [whole, single] = [await aTenant(db, { id: 'whole' }), await aTenant(db, { id: 'single' })]
    await accept(db, whole, LIFE)
    for (const event of LIFE) await accept(db, single, [event])
    const proofs = [await verify(db, 'whole', new Date()), await verify(db, 'single', new Date())]
    expect(proofs.map(({ ok }) => ok)).toEqual([true, true])
    expect(proofs[1]?.hash).toBe(proofs[0]?.hash)
    expect(await rowsOf(db, 'single')).toEqual(await rowsOf(db, 'whole'))
  })

  it('a fold that stands elsewhere than the events say is named; without it the past is read again', async () => {
    const db = await open()
    const context = await aTenant(db)
    const inside = { tenantId: context.tenantId, viewer: 'TENANT' } as const
    await accept(db, context, LIFE.slice(0, 5))
    await db.withTenant(
      inside,
      (tx) => tx.$executeRaw`UPDATE subscription SET tail = replace(tail, '"quantity":5', '"quantity":6')`,
    )
    const broken = await verify(db, context.tenantId, new Date())
    expect(broken.checks.flatMap(({ problems }) => problems.map(({ where }) => where))).toEqual([
      'where the fold of stripe:sub_1 stands',
    ])
    await db.withTenant(inside, (tx) => tx.$executeRaw`UPDATE subscription SET tail = NULL`)
    await accept(db, context, LIFE.slice(5))
    const mended = await verify(db, context.tenantId, new Date())
    expect(mended.ok).toBe(true)
    const other = await aTenant(db, { id: 'other' })
    await accept(db, other, LIFE)
    expect(mended.hash).toBe((await verify(db, 'other', new Date())).hash)
  })
})
