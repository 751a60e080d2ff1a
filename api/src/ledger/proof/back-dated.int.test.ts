import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../../ingest/accept.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { verify } from '../verify.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const DAY = 86_400_000
/** An instant that many days before now. */
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString()
const seats = (quantity: number, product = 'core') => anItem(product, quantity, aPrice('1000'))

/** Two accounts over three years: one that a late event is about, one that it is not. */
const HISTORY = [
  delivered('a1', aSubscription({ at: ago(1000), items: [seats(10)] })),
  delivered('a2', aSubscription({ at: ago(600), items: [seats(20)] })),
  delivered('a3', aSubscription({ at: ago(300), items: [seats(30)] })),
  delivered('a4', aSubscription({ at: ago(700), items: [seats(5, 'chat')], subscription: 'sub_chat' })),
  delivered('a5', aSubscription({ at: ago(100), items: [seats(7, 'chat')], subscription: 'sub_chat' })),
  delivered('b1', aSubscription({ at: ago(900), items: [seats(4)], account: 'birch', subscription: 'sub_b' })),
  delivered('b2', aSubscription({ at: ago(200), items: [seats(8)], account: 'birch', subscription: 'sub_b' })),
]

/** Told now: 400 days ago there were 25 seats, and nothing else has been heard of them since. */
const EFFECTIVE = ago(400)
const LATE = delivered('late', aSubscription({ at: ago(0), effectiveAt: EFFECTIVE, items: [seats(25)] }))
/** Said at the time, heard only now: the seats of 300 days ago stand. */
const DELAYED = delivered('delayed', aSubscription({ at: EFFECTIVE, items: [seats(25)] }))

const inside = (tenantId: string) => ({ tenantId, viewer: 'TENANT' }) as const

/** Every row of the ledger as the database prints it, by id. */
async function rowsOf(db: Database, tenantId: string): Promise<Map<string, string>> {
  const rows = await db.withTenant(
    inside(tenantId),
    (tx) =>
      tx.$queryRaw<{ id: bigint; row: string }[]>`
      SELECT id, row_to_json(line)::text AS row FROM ledger_line line WHERE tenant_id = ${tenantId} ORDER BY id`,
  )
  return new Map(rows.map(({ id, row }) => [String(id), row]))
}

/** MRR of each account at the end of each of the last 1,100 days. */
async function closes(db: Database, tenantId: string): Promise<Map<string, string>> {
  const lines = await db.withTenant(inside(tenantId), (tx) => tx.ledgerLine.findMany())
  const found = new Map<string, string>()
  for (let days = 1100; days >= 0; days -= 1) {
    const day = ago(days).slice(0, 10)
    const sum = (account: string) =>
      lines
        .filter((line) => line.accountId === account && line.effectiveDay.toISOString().slice(0, 10) <= day)
        .reduce((total, line) => total + line.amountMinor, 0n)
    found.set(day, `${sum('stripe:acme')} ${sum('stripe:birch')}`)
  }
  return found
}

eachDatabase((open) => {
  it.each([
    ['overrides what was believed from then on', LATE, [25_000n + 5_000n, 25_000n + 7_000n]],
    ['that was only delayed leaves what was said since', DELAYED, [25_000n + 5_000n, 30_000n + 7_000n]],
  ])('an event dated 400 days back %s: earlier days and every row stay as they were', async (_, late, amounts) => {
    const db = await open()
    const { tenantId, ...context } = await aTenant(db)
    await accept(db, { tenantId, ...context }, HISTORY)
    const [rows, days] = [await rowsOf(db, tenantId), await closes(db, tenantId)]
    expect(rows.size).toBe(7)
    const months = new Map((await verify(db, tenantId, NOW)).months.map((month) => [month.month, month]))

    expect(await accept(db, { tenantId, ...context }, [late])).toMatchObject([{ outcome: 'POSTED' }])

    const after = await rowsOf(db, tenantId)
    expect([...after].slice(0, rows.size)).toEqual([...rows])
    const appended = [...after].slice(rows.size).map(([, row]) => JSON.parse(row) as Appended)
    expect(appended.length).toBeGreaterThan(1)
    for (const line of appended) {
      expect(line.account_id).toBe('stripe:acme')
      expect(line.subscription_id).toBe('stripe:sub_1')
      expect(line.effective_day >= EFFECTIVE.slice(0, 10)).toBe(true)
      if (line.reverses === null) continue
      const reversed = JSON.parse(rows.get(String(line.reverses)) ?? 'null') as Appended
      expect([line.amount_minor, line.seats, line.content_key]).toEqual([
        -reversed.amount_minor,
        -reversed.seats,
        reversed.content_key,
      ])
    }

    const now = await closes(db, tenantId)
    const changed = [...now.keys()].filter((day) => now.get(day) !== days.get(day))
    expect(changed[0]).toBe(EFFECTIVE.slice(0, 10))
    expect([now.get(EFFECTIVE.slice(0, 10)), now.get(ago(0).slice(0, 10))]).toEqual([
      `${amounts[0]} 4000`,
      `${amounts[1]} 8000`,
    ])

    const verified = await verify(db, tenantId, NOW)
    expect(verified.checks.flatMap(({ problems }) => problems)).toEqual([])
    const restated = verified.months.filter(({ month }) => month < EFFECTIVE.slice(0, 7))
    expect(restated).toEqual([...months.values()].filter(({ month }) => month < EFFECTIVE.slice(0, 7)))
    expect(verified.months.find(({ month }) => month === EFFECTIVE.slice(0, 7))).not.toEqual(
      months.get(EFFECTIVE.slice(0, 7)),
    )
  })
})

type Appended = {
  account_id: string
  subscription_id: string
  effective_day: string
  amount_minor: number
  seats: number
  content_key: string
  reverses: number | null
}
