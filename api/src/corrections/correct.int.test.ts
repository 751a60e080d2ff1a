import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { exportArchive } from '../archive/export-archive.ts'
import { restoreArchive } from '../archive/restore-archive.ts'
import { accept } from '../ingest/accept.ts'
import { replayInbox } from '../ingest/replay-inbox.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase, inMemory } from '../testing/db.ts'
import { correct } from './correct.ts'
import { listCorrections } from './list-corrections.ts'
import type { Asked } from './request.ts'

const inside = (tenantId: string) => ({ tenantId, viewer: 'TENANT' }) as const
const hashOf = (db: Database, tenantId: string) => db.withTenant(inside(tenantId), (tx) => ledgerHash(tx, tenantId))
const basic = (quantity: number) => anItem('core', quantity, aPrice('1000'), { item: 'a' })
const day = (text: string) => `${text}T00:00:00.000Z`

/** acme replaced sub_1 by sub_2 after 10 days; "acme-jp" is the same customer again. */
const EVENTS = [
  delivered('e1', aSubscription({ at: day('2024-01-10'), items: [basic(3)] })),
  delivered('e2', aSubscription({ at: day('2024-02-10'), items: [basic(5)] })),
  delivered('e3', aSubscription({ at: day('2024-03-25'), rank: 2, status: 'ENDED', items: [basic(5)] })),
  delivered('e4', aSubscription({ at: day('2024-04-04'), subscription: 'sub_2', items: [basic(8)] })),
  delivered(
    'e5',
    aSubscription({ at: day('2024-02-01'), account: 'acme-jp', subscription: 'sub_j', items: [basic(2)] }),
  ),
]

/** Flows of each month that has any, from plain SQL over the lines. */
async function flowsOf(db: Database, tenantId: string) {
  const { checks, months } = await verify(db, tenantId, new Date('2024-06-15T00:00:00Z'))
  expect(checks.flatMap(({ name, problems }) => problems.map((problem) => ({ name, ...problem })))).toEqual([])
  return months.flatMap(({ month, new: won, reactivation, expansion, contraction, churn }) => {
    const flows = Object.entries({ won, reactivation, expansion, contraction, churn }).filter(([, sum]) => sum !== 0n)
    return flows.map(([kind, sum]) => `${month} ${kind} ${sum}`)
  })
}

const BEFORE = [
  '2024-01 won 3000',
  '2024-02 won 2000',
  '2024-02 expansion 2000',
  '2024-03 churn 5000',
  '2024-04 reactivation 8000',
]

const TABLE: { title: string; asked: Asked; flows: string[] }[] = [
  {
    title: 'an excluded account leaves the ledger',
    asked: { kind: 'EXCLUDE_ACCOUNT', account: 'acme-jp' },
    flows: ['2024-01 won 3000', '2024-02 expansion 2000', '2024-03 churn 5000', '2024-04 reactivation 8000'],
  },
  {
    title: 'a subscription that another replaced after a gap is expansion, not churn and new',
    asked: { kind: 'CONNECT_SUBSCRIPTIONS', old: 'sub_1', new: 'sub_2' },
    flows: ['2024-01 won 3000', '2024-02 won 2000', '2024-02 expansion 2000', '2024-04 expansion 3000'],
  },
  {
    title: 'a merged account is part of the other from the beginning',
    asked: { kind: 'MERGE_ACCOUNTS', from: 'acme-jp', into: 'acme' },
    flows: ['2024-01 won 3000', '2024-02 expansion 4000', '2024-03 contraction 5000', '2024-04 expansion 8000'],
  },
  {
    title: 'a reclassified movement keeps its amount',
    asked: { kind: 'RECLASSIFY_MOVEMENT', account: 'acme', month: '2024-02', to: 'USAGE' },
    flows: BEFORE,
  },
]

const REFUSALS: { title: string; asked: Asked; reason?: string; field: string; message: RegExp }[] = [
  {
    title: 'without a reason',
    asked: { kind: 'EXCLUDE_ACCOUNT', account: 'acme' },
    reason: '  ',
    field: 'input.reason',
    message: /say why/,
  },
  {
    title: 'of an account that is not there',
    asked: { kind: 'MERGE_ACCOUNTS', from: 'acme', into: 'nobody' },
    field: 'input.into',
    message: /"nobody" is not an account/,
  },
  {
    title: 'of an account into itself',
    asked: { kind: 'MERGE_ACCOUNTS', from: 'acme', into: 'stripe:acme' },
    field: 'input.into',
    message: /should be merged/,
  },
  {
    title: 'of subscriptions further apart than allowed',
    asked: { kind: 'CONNECT_SUBSCRIPTIONS', old: 'sub_1', new: 'sub_2', gapDays: 9 },
    field: 'input.gapDays',
    message: /10 days apart; input.gapDays allows 9/,
  },
  {
    title: 'of subscriptions of two accounts',
    asked: { kind: 'CONNECT_SUBSCRIPTIONS', old: 'sub_1', new: 'sub_j' },
    field: 'input.new',
    message: /Merge the accounts first/,
  },
  {
    title: 'of one that has not ended',
    asked: { kind: 'CONNECT_SUBSCRIPTIONS', old: 'sub_2', new: 'sub_1' },
    field: 'input.old',
    message: /has not paid and ended/,
  },
  {
    title: 'of a month without a change',
    asked: { kind: 'RECLASSIFY_MOVEMENT', account: 'acme', month: '2024-05', to: 'SEAT' },
    field: 'input.month',
    message: /did not change in 2024-05/,
  },
  {
    title: 'of a month in which an account started',
    asked: { kind: 'RECLASSIFY_MOVEMENT', account: 'acme', month: '2024-01', to: 'SEAT' },
    field: 'input.month',
    message: /started or ended/,
  },
  {
    title: 'to a strategy that is none',
    asked: { kind: 'RECLASSIFY_MOVEMENT', account: 'acme', month: '2024-02', to: 'LUCK' },
    field: 'input.to',
    message: /"LUCK"; accepted: UPSELL/,
  },
  {
    title: 'of what nobody said',
    asked: { kind: 'UNDO', correction: 'cor_0' },
    field: 'input.correction',
    message: /not a correction/,
  },
  {
    title: 'of a price that no source has',
    asked: { kind: 'MAP_CATALOG', prices: [{ source: 'stripe', price: 'price_x' }] },
    field: 'input.prices[0].price',
    message: /has no price "price_x"/,
  },
]

eachDatabase((open) => {
  async function aLedger(events = EVENTS) {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, events)
    const say = (asked: Asked, reason = 'because', idempotencyKey?: string) =>
      correct(db, { ...context, by: 'key:test' }, { asked, reason, idempotencyKey })
    return { db, context, tenantId: context.tenantId, say }
  }

  describe('a correction changes the figures, and its undo gives the ledger that was', () => {
    it.each(TABLE)('$title', async ({ asked, flows }) => {
      const { db, tenantId, say } = await aLedger()
      const before = await hashOf(db, tenantId)
      expect(await flowsOf(db, tenantId)).toEqual(BEFORE)
      const { correction, appended } = await say(asked)
      expect(appended).toBeGreaterThan(0)
      expect(await hashOf(db, tenantId)).not.toBe(before)
      expect(await flowsOf(db, tenantId)).toEqual(flows)
      await say({ kind: 'UNDO', correction }, 'was a mistake')
      expect(await hashOf(db, tenantId)).toBe(before)
      expect(await flowsOf(db, tenantId)).toEqual(BEFORE)
    })
  })

  it('what cannot be is refused by field, and nothing of it is kept', async () => {
    const { db, tenantId, say } = await aLedger()
    const before = await hashOf(db, tenantId)
    for (const { title, asked, reason, field, message } of REFUSALS) {
      const refused = { code: 'INVALID_INPUT', field, message: expect.stringMatching(message) }
      await expect(say(asked, reason), title).rejects.toMatchObject(refused)
    }
    expect(await db.withTenant(inside(tenantId), (tx) => listCorrections(tx, tenantId))).toEqual([])
    expect(await hashOf(db, tenantId)).toBe(before)
  })

  it('lines say why they went and who renamed them', async () => {
    const { db, tenantId, say } = await aLedger()
    await say({ kind: 'EXCLUDE_ACCOUNT', account: 'acme-jp' }, 'our own tests')
    const { correction } = await say(
      { kind: 'RECLASSIFY_MOVEMENT', account: 'acme', month: '2024-02', to: 'USAGE' },
      'metered',
    )
    const lines = await db.withTenant(inside(tenantId), (tx) =>
      tx.ledgerLine.findMany({ orderBy: { id: 'desc' }, take: 3 }),
    )
    const [renamed, taken, excluded] = lines
    expect([renamed?.strategy, renamed?.rule, renamed?.amountMinor]).toEqual(['USAGE', 0, 2_000n])
    expect(renamed?.evidence).toMatchObject({
      correction,
      correctedBy: 'key:test',
      correctedBecause: 'metered',
      ruled: 'SEAT',
    })
    expect([taken?.strategy, taken?.amountMinor, taken?.reason]).toEqual(['SEAT', -2_000n, null])
    expect([excluded?.accountId, excluded?.amountMinor, excluded?.reason]).toEqual([
      'stripe:acme-jp',
      -2_000n,
      'EXCLUDED',
    ])
  })

  it('only the parts that are named are renamed', async () => {
    const { say } = await aLedger()
    const asked = { kind: 'RECLASSIFY_MOVEMENT', account: 'acme', month: '2024-02', to: 'USAGE' } as const
    await expect(say({ ...asked, from: ['UPSELL'] })).rejects.toMatchObject({
      field: 'input.from',
      message: expect.stringMatching(/its parts are SEAT/),
    })
    expect((await say({ ...asked, from: ['SEAT', 'UPSELL'] })).appended).toBe(2)
  })

  it('events that come after a correction are folded under it', async () => {
    const { db, context, tenantId, say } = await aLedger()
    const merged = await say({ kind: 'MERGE_ACCOUNTS', from: 'acme-jp', into: 'acme' })
    const late = (id: string, quantity: number) =>
      delivered(id, aSubscription({ at: day(id), account: 'acme-jp', subscription: 'sub_j', items: [basic(quantity)] }))
    expect(await accept(db, context, [late('2024-05-02', 9)])).toMatchObject([{ outcome: 'POSTED' }])
    expect((await flowsOf(db, tenantId)).at(-1)).toBe('2024-05 expansion 7000')
    const stray = aSubscription({ at: day('2024-05-03'), account: 'acme', subscription: 'sub_j', items: [basic(1)] })
    expect(await accept(db, context, [delivered('stray', stray)])).toMatchObject([{ outcome: 'IGNORED' }])
    await say({ kind: 'UNDO', correction: merged.correction })
    expect((await flowsOf(db, tenantId)).at(-1)).toBe('2024-05 expansion 7000')
  })

  it('merges follow each other, and a circle is refused', async () => {
    const { db, tenantId, say } = await aLedger([
      ...EVENTS,
      delivered(
        'e6',
        aSubscription({ at: day('2024-05-01'), account: 'kk', subscription: 'sub_k', items: [basic(1)] }),
      ),
    ])
    const before = await hashOf(db, tenantId)
    const first = await say({ kind: 'MERGE_ACCOUNTS', from: 'acme-jp', into: 'acme' })
    const second = await say({ kind: 'MERGE_ACCOUNTS', from: 'acme', into: 'kk' })
    await expect(say({ kind: 'MERGE_ACCOUNTS', from: 'kk', into: 'acme' })).rejects.toMatchObject({
      field: 'input.into',
      message: 'input.into "stripe:acme" was merged into stripe:kk. Name that one.',
    })
    const holders = await db.withTenant(inside(tenantId), (tx) => tx.accountChange.groupBy({ by: ['accountId'] }))
    expect(holders).toEqual([{ accountId: 'stripe:kk' }])
    await say({ kind: 'UNDO', correction: first.correction })
    await flowsOf(db, tenantId)
    await say({ kind: 'UNDO', correction: second.correction })
    expect(await hashOf(db, tenantId)).toBe(before)
  })

  it('the same key again does nothing; for another correction it is refused', async () => {
    const { say } = await aLedger()
    const asked = { kind: 'EXCLUDE_ACCOUNT', account: 'acme' } as const
    const once = await say(asked, 'tests', 'k1')
    expect(await say(asked, 'tests', 'k1')).toEqual({ ...once, appended: 0 })
    await expect(say({ kind: 'EXCLUDE_ACCOUNT', account: 'acme-jp' }, 'tests', 'k1')).rejects.toMatchObject({
      code: 'CONFLICT',
    })
  })

  it('the list says what, who, when, why and what was undone', async () => {
    const { db, tenantId, say } = await aLedger()
    const { correction } = await say({ kind: 'EXCLUDE_ACCOUNT', account: 'acme' }, 'tests')
    await say({ kind: 'EXCLUDE_ACCOUNT', account: 'acme-jp' }, 'more tests')
    await say({ kind: 'UNDO', correction }, 'a customer after all')
    const list = await db.withTenant(inside(tenantId), (tx) => listCorrections(tx, tenantId))
    expect(list).toMatchObject([
      { kind: 'EXCLUDE_ACCOUNT', accounts: ['stripe:acme-jp'], by: 'key:test', reason: 'more tests', undone: null },
      {
        kind: 'EXCLUDE_ACCOUNT',
        accounts: ['stripe:acme'],
        undone: { by: 'key:test', reason: 'a customer after all' },
      },
    ])
    await expect(say({ kind: 'UNDO', correction })).rejects.toMatchObject({
      message: expect.stringMatching(/undone already/),
    })
  })

  it('a replay and an archive give the same ledger, corrections included, and they can still be undone', async () => {
    const { db, context, tenantId, say } = await aLedger()
    const plain = await hashOf(db, tenantId)
    const made = []
    for (const { asked } of [TABLE[3]!, TABLE[1]!, TABLE[2]!]) made.push((await say(asked)).correction)
    const gone = await say({ kind: 'EXCLUDE_ACCOUNT', account: 'acme' })
    await say({ kind: 'UNDO', correction: gone.correction })
    const prices = [{ source: 'stripe', price: 'price_core_1000', product: 'Suite', plan: 'Gold', rank: 4 }]
    made.push((await say({ kind: 'MAP_CATALOG', prices })).correction)
    const expected = await hashOf(db, tenantId)
    const copy = await inMemory()
    const folder = await mkdtemp(join(tmpdir(), 'nobishiro-'))
    try {
      await replayInbox(db, copy, tenantId, context.clock)
      expect(await hashOf(copy, tenantId)).toBe(expected)
      const path = join(folder, 'acme.ndjson.gz')
      await exportArchive(db, context, path)
      expect(await restoreArchive(copy, path, { as: 'again' })).toMatchObject({ ledgerHash: expected })
      for (const correction of made)
        await correct(
          copy,
          { tenantId: 'again', by: 'key:other', clock: context.clock },
          {
            asked: { kind: 'UNDO', correction },
            reason: 'restored',
          },
        )
      expect(await hashOf(copy, 'again')).toBe(plain)
      await flowsOf(copy, 'again')
    } finally {
      await copy.close()
      await rm(folder, { recursive: true })
    }
  })
})
