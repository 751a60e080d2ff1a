import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase, inMemory } from '../testing/db.ts'
import { accept } from './accept.ts'
import type { IngestEvent } from './event.ts'
import { listQuarantine } from './quarantine.ts'
import type { Received } from './received.ts'
import { replayInbox } from './replay-inbox.ts'
import { resolveConflict } from './resolve-conflict.ts'

const seats = (quantity: number, plan = 'core', cents = '1000') => anItem(plan, quantity, aPrice(cents))
const JANUARY = '2024-01-10T00:00:00.000Z'
const MARCH = '2024-03-10T00:00:00.000Z'
const first = delivered('e2', aSubscription({ at: MARCH, items: [seats(50)] }))
const second = delivered('e2', aSubscription({ at: MARCH, items: [seats(5)] }))

eachDatabase((open) => {
  async function aConflict(before: Received[] = [], [one, other]: [Received, Received] = [first, second]) {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [delivered('e1', aSubscription({ at: JANUARY, items: [seats(10)] })), ...before])
    expect((await accept(db, context, [one]))[0]?.outcome).toBe('POSTED')
    expect((await accept(db, context, [other]))[0]?.outcome).toBe('CONFLICT')
    const keep = (which: 'first' | 'second', body?: string) =>
      resolveConflict(db, context, {
        source: 'stripe',
        externalId: one.externalId,
        keep: which,
        reason: 'asked the vendor',
        ...(body ? { body } : {}),
      })
    return { db, context, keep }
  }

  it('lists both bodies of an id, and what was ignored by kind and reason', async () => {
    const { db, context } = await aConflict()
    const ignored = (id: string): Received => ({ ...delivered(id), kind: 'charge.updated', ignored: 'not counted' })
    await accept(db, context, [ignored('i1'), ignored('i2')])
    const list = await listQuarantine(db, context)
    expect(list.conflicts).toMatchObject([
      { source: 'stripe', externalId: 'e2', kind: 'subscription', otherKind: 'subscription', resolution: null },
    ])
    expect(list.conflicts[0]?.firstSha256).not.toBe(list.conflicts[0]?.secondSha256)
    expect(list.ignored).toMatchObject([{ source: 'stripe', kind: 'charge.updated', reason: 'not counted', count: 2 }])
    expect(list.deliveries).toBeUndefined()
    const all = await listQuarantine(db, { ...context, all: true })
    expect(all.deliveries?.map(({ externalId }) => externalId)).toEqual(['i1', 'i2'])
  })

  it('keeping the first ends the conflict and leaves the ledger alone', async () => {
    const { db, context, keep } = await aConflict()
    const before = await hashOf(db, context.tenantId)
    expect(await keep('first')).toMatchObject({ keptAs: 'e2', appended: 0 })
    expect((await listQuarantine(db, context)).conflicts).toEqual([])
    expect((await listQuarantine(db, { ...context, all: true })).conflicts).toMatchObject([
      { resolution: 'FIRST', reason: 'asked the vendor', keptAs: null },
    ])
    expect(await hashOf(db, context.tenantId)).toBe(before)
    expect((await accept(db, context, [second]))[0]?.outcome).toBe('DUPLICATE')
    await expect(keep('second')).rejects.toThrow('is resolved already')
  })

  it('keeping the second posts it instead of the first, deletes nothing, and replays to the same ledger', async () => {
    const { db, context, keep } = await aConflict()
    expect(await keep('second')).toMatchObject({ keptAs: 'e2#2', appended: 2 })
    expect(await mrrOf(db, context.tenantId)).toBe(5_000n)
    expect(await statuses(db, context.tenantId)).toEqual({ e1: 'POSTED', e2: 'QUARANTINED', 'e2#2': 'POSTED' })
    expect((await listQuarantine(db, { ...context, all: true })).conflicts).toMatchObject([
      { resolution: 'SECOND', keptAs: 'e2#2' },
    ])
    await expectSound(db, context.tenantId)
    expect((await accept(db, context, [first, second])).map(({ outcome }) => outcome)).toEqual([
      'DUPLICATE',
      'DUPLICATE',
    ])
  })

  it('what only the first said of accounts, catalogue and usage is gone; what others say comes back', async () => {
    const usage = (quantity: string): IngestEvent => ({
      type: 'usage',
      account: 'acme',
      metric: 'seats',
      day: '2024-03-01',
      quantity,
    })
    const withPlan = (name: string, items: ReturnType<typeof seats>[], quantity: string) =>
      delivered('e2', aSubscription({ at: MARCH, items }), anAccount('acme', MARCH, { name }), usage(quantity), {
        type: 'product',
        product: 'core',
        at: MARCH,
        name,
      })
    const { db, context, keep } = await aConflict(
      [
        delivered('n1', anAccount('acme', JANUARY, { name: 'Acme' }), {
          type: 'product',
          product: 'core',
          at: JANUARY,
          name: 'Core',
        }),
      ],
      [
        withPlan('Wrong', [seats(50, 'huge', '9900')], '99'),
        delivered('e2', aSubscription({ at: MARCH, items: [seats(5)] }), usage('5')),
      ],
    )
    await keep('second')
    const left = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, async (tx) => ({
      accounts: (await tx.account.findMany()).map(({ name }) => name),
      products: (await tx.sourceProduct.findMany()).map(({ name }) => name),
      prices: (await tx.sourcePrice.findMany()).map(({ externalId }) => externalId),
      plans: (await tx.plan.findMany()).map(({ name }) => name),
      usage: (await tx.usageRecord.findMany()).map(({ quantity }) => Number(quantity)),
    }))
    expect(left).toEqual({
      accounts: ['Acme'],
      products: ['Core'],
      prices: ['price_core_1000'],
      plans: ['core'],
      usage: [5],
    })
    await expectSound(db, context.tenantId)
  })

  it('a correction may move to another account, be ignored, or follow another correction', async () => {
    const elsewhere = delivered(
      'e2',
      aSubscription({ at: MARCH, account: 'bolt', subscription: 'sub_2', items: [seats(7)] }),
    )
    const { db, context, keep } = await aConflict([], [first, elsewhere])
    const unread: Received = { ...delivered('e2'), raw: Buffer.from('third'), ignored: 'not understood' }
    await accept(db, context, [unread])
    await expect(keep('second')).rejects.toThrow('Say which with --body')
    const digests = (await listQuarantine(db, context)).conflicts.map(({ secondSha256 }) => secondSha256)
    expect(await keep('second', digests[0]?.slice(0, 8))).toMatchObject({ keptAs: 'e2#2' })
    expect(await mrrOf(db, context.tenantId)).toBe(17_000n)
    await expectSound(db, context.tenantId)
    expect(await keep('second')).toMatchObject({ keptAs: 'e2#3' })
    expect(await statuses(db, context.tenantId)).toMatchObject({
      e2: 'QUARANTINED',
      'e2#2': 'QUARANTINED',
      'e2#3': 'IGNORED',
    })
    expect(await mrrOf(db, context.tenantId)).toBe(10_000n)
    await expectSound(db, context.tenantId)
  })

  it('an id without a conflict is said so', async () => {
    const { db, context } = await aConflict()
    const nothing = { source: 'stripe', externalId: 'e1', keep: 'first', reason: 'x' } as const
    await expect(resolveConflict(db, context, nothing)).rejects.toThrow(
      'There is no conflict of "e1" of source "stripe"',
    )
  })
})

const inside = (tenantId: string) => ({ tenantId, viewer: 'TENANT' }) as const
const hashOf = (db: Database, tenantId: string) => db.withTenant(inside(tenantId), (tx) => ledgerHash(tx, tenantId))

async function mrrOf(db: Database, tenantId: string): Promise<bigint> {
  const sum = await db.withTenant(inside(tenantId), (tx) => tx.ledgerLine.aggregate({ _sum: { amountMinor: true } }))
  return sum._sum.amountMinor ?? 0n
}

async function statuses(db: Database, tenantId: string): Promise<Record<string, string>> {
  const rows = await db.withTenant(inside(tenantId), (tx) => tx.inbox.findMany({ orderBy: { externalId: 'asc' } }))
  return Object.fromEntries(rows.map(({ externalId, status }) => [externalId, status]))
}

/** Verified, and the same again from the inbox alone. */
async function expectSound(db: Database, tenantId: string): Promise<void> {
  const proof = await verify(db, tenantId, new Date('2024-07-01'))
  expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
  const copy = await inMemory()
  try {
    await replayInbox(db, copy, tenantId, () => new Date('2024-07-01'))
    expect(await hashOf(copy, tenantId)).toBe(proof.hash)
  } finally {
    await copy.close()
  }
}
