import type { Database } from '@nobishiro/prisma'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { readAudit } from '../access/audit.ts'
import { tell } from '../outbox/tell.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { MOST_ATTEMPTS } from './back-off.ts'
import { LEASE_MS, replay } from './deliveries.ts'
import { enableEndpoint, listEndpoints, rotateSecret, testEndpoint } from './endpoints.ts'
import { createSend } from './send.ts'
import { aHouse, RULES, START, see, stateOf } from './testing/house.ts'
import { aReceiver, type Received, type Reply } from './testing/receiver.ts'

const DAY_MS = 24 * 3_600_000

eachDatabase((open) => {
  async function aStage(reply?: (received: Received, count: number) => Reply, send?: ReturnType<typeof createSend>) {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const receiver = await aReceiver(reply)
    const house = aHouse(db, send ? { send } : {})
    const endpoint = await house.listen(tenantId, receiver.url)
    const happen = (month = '2026-10-01') =>
      see(db, tenantId, (tx) => tell(tx, { tenantId, type: 'month.closed', at: house.now(), data: { month } }))
    const test = () => testEndpoint(db, { tenantId, now: house.now() }, endpoint.id)
    return { db, tenantId, ...receiver, ...house, endpoint, happen, test, state: () => stateOf(db, tenantId) }
  }

  describe('an event', () => {
    it('arrives signed as Standard Webhooks has it, once', async () => {
      const { happen, drain, received, endpoint, state, tenantId } = await aStage()
      const id = await happen()
      await drain()
      await drain()
      expect(received.length).toBe(1)
      const [{ headers, body }] = received as [Received]
      expect(headers['webhook-id']).toBe(id)
      const stamp = Number(headers['webhook-timestamp']) * 1_000
      expect(stamp).toBe(START.getTime())
      // The library looks at the clock on the wall; the clock of this test stands still.
      const fresh = new Date()
      const signature = new Webhook(endpoint.secret).sign(String(id), START, body)
      expect(headers['webhook-signature']).toBe(signature)
      const again = { 'webhook-id': String(id), 'webhook-timestamp': String(Math.floor(fresh.getTime() / 1_000)) }
      const signed = { ...again, 'webhook-signature': new Webhook(endpoint.secret).sign(String(id), fresh, body) }
      expect(new Webhook(endpoint.secret).verify(body, signed)).toEqual({
        id,
        type: 'month.closed',
        timestamp: START.toISOString(),
        tenant: tenantId,
        data: { month: '2026-10-01' },
      })
      expect(await state()).toMatchObject([{ state: 'DELIVERED', attempts: 1, status: 204, problem: null }])
    })

    it('is not sent when what it tells of is taken back', async () => {
      const { db, tenantId, drain, received, state } = await aStage()
      const failing = see(db, tenantId, async (tx) => {
        await tell(tx, { tenantId, type: 'month.closed', at: START, data: {} })
        throw new Error('on purpose')
      })
      await expect(failing).rejects.toThrow('on purpose')
      await drain()
      expect([received, await state()]).toEqual([[], []])
    })

    it('is written for those who listen, and once where it is about something', async () => {
      const { db, tenantId, happen, state } = await aStage()
      const say = (type: 'month.closed' | 'month.restated', about?: string) =>
        see(db, tenantId, (tx) => tell(tx, { tenantId, type, at: START, data: {}, ...(about ? { about } : {}) }))
      expect(await say('month.restated')).toBeNull()
      expect(await say('month.closed', 'x')).toMatch(/^evt_/)
      expect(await say('month.closed', 'x')).toBeNull()
      await happen()
      expect((await state()).length).toBe(2)
    })

    it('goes to every endpoint, each with its own secret', async () => {
      const { tenantId, listen, happen, drain, received, endpoint } = await aStage()
      const other = await aReceiver()
      const { secret } = await listen(tenantId, other.url)
      await happen()
      await drain()
      const [first, second] = [received[0], other.received[0]] as [Received, Received]
      expect(second.id).toBe(first.id)
      const signOf = (one: Received, by: string) => new Webhook(by).sign(one.id, START, one.body)
      expect([first.headers['webhook-signature'], second.headers['webhook-signature']]).toEqual([
        signOf(first, endpoint.secret),
        signOf(second, secret),
      ])
    })
  })

  describe('a delivery that fails', () => {
    it.each([
      ['an answer that is not 2xx', { status: 500 }, 'answered 500'],
      ['a redirect', { status: 302, headers: { location: 'http://169.254.169.254/latest' } }, 'answered 302'],
      ['no answer in time', 'HANG', 'no answer within 0.3 s'],
    ] as [string, Reply, string][])('%s is tried again after a while, under the same id', async (_, fault, problem) => {
      const { happen, drain, received, state, wait, db, tenantId } = await aStage(
        (_one, count) => (count === 1 ? fault : { status: 200 }),
        createSend({ allowPrivate: true, timeoutMs: fault === 'HANG' ? 300 : 10_000 }),
      )
      await happen()
      await drain()
      const [failed] = await state()
      expect(failed).toMatchObject({ state: 'PENDING', attempts: 1, problem })
      const waits = (failed?.nextAt.getTime() ?? 0) - START.getTime()
      expect(waits).toBeGreaterThanOrEqual(3_750)
      expect(waits).toBeLessThanOrEqual(6_250)
      expect((await listEndpoints(db, tenantId))[0]?.failingSince).toEqual(START)
      await drain()
      expect(received.length).toBe(1)
      wait(waits)
      await drain()
      expect(new Set(received.map(({ id }) => id)).size).toBe(1)
      expect(received.length).toBe(2)
      expect(await state()).toMatchObject([{ state: 'DELIVERED', attempts: 2, problem: null }])
      expect((await listEndpoints(db, tenantId))[0]?.failingSince).toBeNull()
    })

    it('429 with Retry-After waits as long as it was asked to', async () => {
      const { happen, drain, state } = await aStage(() => ({ status: 429, headers: { 'retry-after': '120' } }))
      await happen()
      await drain()
      const [failed] = await state()
      expect(failed?.nextAt).toEqual(new Date(START.getTime() + 120_000))
    })

    it('is dead after the last attempt, listed, and replayed under its id', async () => {
      let isUp = false
      const { db, tenantId, endpoint, happen, drain, received, state, wait, now } = await aStage(() => ({
        status: isUp ? 200 : 503,
      }))
      await happen()
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        await drain()
        wait(16 * 3_600_000)
        // Something else arrives, so that the endpoint is not given up as a whole.
        await see(db, tenantId, (tx) =>
          tx.webhookEndpoint.updateMany({ where: { tenantId }, data: { failingSince: null } }),
        )
      }
      expect(received.length).toBe(MOST_ATTEMPTS)
      expect(await state()).toMatchObject([{ state: 'DEAD', attempts: MOST_ATTEMPTS, status: 503 }])
      await drain()
      expect(received.length).toBe(MOST_ATTEMPTS)
      isUp = true
      expect(await replay(db, { tenantId, now: now() }, { endpointId: endpoint.id })).toBe(1)
      await drain()
      expect(await state()).toMatchObject([{ state: 'DELIVERED', attempts: 1 }])
      expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    })

    it('410 disables the endpoint at once, and it says so', async () => {
      const { db, tenantId, endpoint, happen, drain, received, now } = await aStage(() => ({ status: 410 }))
      await happen()
      await drain()
      const because = 'the receiver answered 410 Gone'
      expect(await listEndpoints(db, tenantId)).toMatchObject([
        { disabledAt: START, disabledBecause: because, dead: 1 },
      ])
      expect(await happen()).toBeNull()
      await drain()
      expect(received.length).toBe(1)
      await expect(replay(db, { tenantId, now: now() }, { endpointId: endpoint.id })).rejects.toThrow(because)
      const { items } = await readAudit(db, tenantId, { offset: 0, limit: 1 })
      expect(items).toMatchObject([{ by: 'server', action: 'WEBHOOK_DISABLED', subject: endpoint.id }])
      await enableEndpoint(db, { tenantId, by: 'test', now: now() }, endpoint.id)
      expect(await happen()).toMatch(/^evt_/)
    })

    it('for five days disables the endpoint; what waits is dead', async () => {
      const { db, tenantId, happen, drain, wait, state } = await aStage(() => ({ status: 500 }))
      await happen()
      await drain()
      wait(4 * DAY_MS)
      await drain()
      expect((await listEndpoints(db, tenantId))[0]?.disabledAt).toBeNull()
      await happen('2026-11-01')
      wait(DAY_MS + 1)
      await drain()
      const [endpoint] = await listEndpoints(db, tenantId)
      expect([endpoint?.disabledAt === null, endpoint?.disabledBecause]).toEqual([
        false,
        expect.stringContaining('every attempt since 2026-11-22T00:00:00.000Z failed; the last: answered 500'),
      ])
      expect((await state()).map((one) => one.state)).toEqual(['DEAD', 'DEAD'])
    })
  })

  describe('a process', () => {
    it('that dies between sending and marking sends it again, under the same id', async () => {
      const { db, happen, drain, received, state, wait } = await aStage()
      await happen()
      // It takes the delivery and sends it; what it would mark is lost with it.
      const dying: Database = {
        ...db,
        withTenant: (context, work, options) =>
          received.length > 0 ? Promise.reject(new Error('killed')) : db.withTenant(context, work, options),
      }
      await aHouse(dying).drain()
      expect(received.length).toBe(1)
      expect(await state()).toMatchObject([{ state: 'PENDING', attempts: 1 }])
      await drain()
      expect(received.length).toBe(1)
      wait(LEASE_MS)
      await drain()
      expect(received.map(({ id }) => id)).toEqual([received[0]?.id, received[0]?.id])
      expect(await state()).toMatchObject([{ state: 'DELIVERED', attempts: 2 }])
    })

    it('that stops finishes what is under way, or gives it back', async () => {
      const { happen, runner, received, state } = await aStage(
        () => 'HANG',
        createSend({ allowPrivate: true, timeoutMs: 20_000 }),
      )
      await happen()
      const running = runner()
      running.start()
      while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      expect(running.figures().underWay).toBe(1)
      const began = performance.now()
      await running.stop(100)
      expect(performance.now() - began).toBeLessThan(5_000)
      expect(await state()).toMatchObject([{ state: 'PENDING', attempts: 0, nextAt: START }])
    })

    it('beside another sends nothing that the other sends', async () => {
      const { happen, runner, received, state } = await aStage()
      for (let event = 0; event < 60; event += 1) await happen()
      await Promise.all([runner().drain(), runner().drain(), runner().drain()])
      expect(received.length).toBe(60)
      expect(new Set(received.map(({ id }) => id)).size).toBe(60)
      expect((await state()).every((one) => one.state === 'DELIVERED')).toBe(true)
    })
  })

  describe('a secret', () => {
    it('is rotated without a gap: both sign until the overlap is over', async () => {
      const { db, tenantId, endpoint, happen, drain, received, wait, now } = await aStage()
      const fresh = await rotateSecret(
        db,
        { tenantId, by: 'test', now: now() },
        { id: endpoint.id, overlapHours: 1 },
        RULES,
      )
      await happen()
      await drain()
      wait(3_600_000)
      await happen()
      await drain()
      const signOf = ({ id, body, headers }: Received, secret: string) =>
        new Webhook(secret).sign(id, new Date(Number(headers['webhook-timestamp']) * 1_000), body)
      const [during, after] = received as [Received, Received]
      expect(during.headers['webhook-signature']).toBe(
        `${signOf(during, fresh.secret)} ${signOf(during, endpoint.secret)}`,
      )
      expect(after.headers['webhook-signature']).toBe(signOf(after, fresh.secret))
    })

    it('that does not open any more keeps no other endpoint waiting, and its own says why', async () => {
      const { db, tenantId, listen, happen, drain, state, endpoint } = await aStage()
      const other = await aReceiver()
      await listen(tenantId, other.url)
      const where = { tenantId_id: { tenantId, id: endpoint.id } }
      await see(db, tenantId, (tx) => tx.webhookEndpoint.update({ where, data: { secret: Buffer.from('elsewhere') } }))
      await happen()
      await drain()
      expect(other.received.length).toBe(1)
      expect((await state()).map(({ problem }) => problem).sort()).toEqual([
        expect.stringContaining('sealed with another NOBISHIRO_SECRET'),
        null,
      ])
    })

    it('lies sealed, and is in no list', async () => {
      const { db, tenantId, endpoint } = await aStage()
      const [row] = await see(db, tenantId, (tx) => tx.webhookEndpoint.findMany())
      expect(Buffer.from(row?.secret ?? []).toString('latin1')).not.toContain(endpoint.secret.slice(6))
      expect(JSON.stringify(await listEndpoints(db, tenantId))).not.toContain('secret')
    })
  })

  it('a test event goes to the endpoint that asked, whatever it listens to', async () => {
    const { test, drain, received } = await aStage()
    const id = await test()
    await drain()
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ id, type: 'webhook.test' })
  })
})
