import { expect, it } from 'vitest'
import { closeMonth } from '../ledger/close-month.ts'
import { EVENT_TYPES } from '../outbox/event-types.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp } from '../testing/query.ts'
import { LOOK_EVERY_MS } from './judge.ts'
import { crossInOctober, guess, hold, LONG_AGO } from './testing/history.ts'
import { aHouse, START, see } from './testing/house.ts'
import { aReceiver } from './testing/receiver.ts'
import { tidy } from './tidy.ts'

type Event = { type: string; data: Record<string, unknown> & { links: Record<string, string> } }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

eachDatabase((open) => {
  async function aStage() {
    const db = await open()
    const context = await aTenant(db)
    const receiver = await aReceiver()
    const house = aHouse(db)
    // What the database stamps is of the clock on the wall.
    house.wait(Date.now() - START.getTime() + MINUTE_MS)
    await house.listen(context.tenantId, receiver.url, EVENT_TYPES, LONG_AGO)
    /** What arrived since it was asked last, the ledger having rested for a while. */
    const heard = async (): Promise<Event[]> => {
      house.wait(LOOK_EVERY_MS)
      await house.drain()
      return receiver.received.splice(0).map(({ body }) => JSON.parse(body) as Event)
    }
    return { db, context, heard, ...house }
  }

  const ofType = (events: Event[], type: string) => events.filter((one) => one.type === type)

  it('a month that is closed is told, by whom and with its figures', async () => {
    const { db, context, heard } = await aStage()
    await crossInOctober(db, context)
    const closed = ofType(await heard(), 'month.closed').map(({ data }) => [data['month'], data['closedBy']])
    expect(closed.sort()).toEqual([
      ['2025-12-01', 'WATERMARK'],
      ['2026-09-01', 'WATERMARK'],
      ['2026-10-01', 'PERSON'],
    ])
  })

  it('a target that is crossed is told once, however the month wobbles around it afterwards', async () => {
    const { db, context, heard } = await aStage()
    await crossInOctober(db, context)
    const told = ofType(await heard(), 'target.crossed')
    expect(told.map(({ data }) => data)).toMatchObject([
      {
        metric: 'mrr',
        unit: 'MONEY',
        currency: 'USD',
        month: '2026-10-01',
        value: '200.00',
        target: '150',
        met: true,
        previous: { month: '2026-09-01', value: '100.00', target: '150', met: false },
      },
    ])
    for (const [day, seats] of [
      ['2026-10-20', 5],
      ['2026-10-21', 40],
      ['2026-10-22', 6],
      ['2026-10-23', 50],
    ] as const) {
      await hold(db, context, day, seats)
      expect(ofType(await heard(), 'target.crossed')).toEqual([])
    }
    // The next month is another.
    await hold(db, context, '2026-11-10', 3)
    await hold(db, context, '2026-12-10', 3)
    const now = new Date('2027-01-02T00:00:00Z')
    await closeMonth(db, { tenantId: context.tenantId, now }, { month: '2026-11', reason: null })
    expect(ofType(await heard(), 'target.crossed').map(({ data }) => [data['month'], data['met']])).toEqual([
      ['2026-11-01', false],
    ])
  })

  it('many moves of the ledger are one look at the targets; none are none', async () => {
    const { db, context, heard, drain } = await aStage()
    await crossInOctober(db, context)
    await heard()
    const lookedAt = async () => (await see(db, context.tenantId, (tx) => tx.webhookWatch.findMany()))[0]?.lookedAt
    const before = await lookedAt()
    await heard()
    expect(await lookedAt()).toEqual(before)
    await hold(db, context, '2026-10-25', 21)
    await drain()
    const moved = await lookedAt()
    await hold(db, context, '2026-10-26', 22)
    await hold(db, context, '2026-10-27', 23)
    await drain()
    expect(await lookedAt()).toEqual(moved)
    await heard()
    expect(await lookedAt()).not.toEqual(moved)
  })

  it('a closed month that is restated is told, by how much; a correction that changes nothing is not', async () => {
    const { db, context, heard } = await aStage()
    await crossInOctober(db, context)
    await heard()
    await hold(db, context, '2026-10-20', 30)
    const [told, ...others] = ofType(await heard(), 'month.restated')
    expect([told?.data['changes'], told?.data['accounts'], others]).toEqual([
      [{ month: '2026-10-01', currency: 'USD', mrr: '100.00' }],
      1,
      [],
    ])
    await hold(db, context, '2026-11-05', 31)
    expect(ofType(await heard(), 'month.restated')).toEqual([])
  })

  it('a spike of sessions that are turned away is told, once an hour', async () => {
    const { db, context, heard, now, wait } = await aStage()
    wait(HOUR_MS - (now().getTime() % HOUR_MS))
    const app = anApp(db, { now })
    const denied = async () => {
      await guess(app, context.tenantId)
      await guess(app, 'nobody')
      await new Promise((resolve) => setTimeout(resolve, 200)) // told beside the answer, which does not wait for it
      return ofType(await heard(), 'sessions.denied').map(({ data }) => data)
    }
    expect(await denied()).toMatchObject([{ denied: 50, unknown: 50, otherOrigin: 0 }])
    wait(6 * MINUTE_MS)
    expect(await denied()).toEqual([])
    wait(HOUR_MS)
    expect(await denied()).toMatchObject([{ denied: 50 }])
  })

  it('its links are answered to a key, and nothing in it is of a person', async () => {
    const { db, context, heard, now } = await aStage()
    await crossInOctober(db, context)
    await hold(db, context, '2026-10-20', 30)
    const app = anApp(db, { now })
    await guess(app, context.tenantId)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const events = await heard()
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(EVENT_TYPES))
    expect(JSON.stringify(events)).not.toContain('Aozora')
    const token = await aKey(db, context.tenantId, ['admin'])
    for (const { type, data } of events) {
      for (const link of Object.values(data.links)) {
        const response = await app(
          new Request(new URL(link, 'http://localhost'), { headers: { authorization: `Bearer ${token}` } }),
        )
        const answer = (await response.json()) as { errors?: unknown }
        expect([type, response.status, answer.errors]).toEqual([type, 200, undefined])
      }
    }
  })

  it('what is over is forgotten after 30 days, and what waits is not', async () => {
    const { db, context, heard, wait, now } = await aStage()
    await crossInOctober(db, context)
    await heard()
    await hold(db, context, '2026-10-20', 30)
    wait(31 * 24 * 60 * MINUTE_MS)
    await tidy(db, now())
    const left = await see(db, context.tenantId, (tx) => tx.webhookEvent.findMany({ select: { type: true } }))
    expect(left).toEqual([{ type: 'month.restated' }])
  })
})
