import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { aTenant } from '../testing/build.ts'
import { inMemory } from '../testing/db.ts'
import { type Answer, aKey, anApp, query } from '../testing/query.ts'
import { relayTo } from '../testing/survival/relay.ts'
import { createRateLimit } from './rate-limit.ts'
import { createSharedRateLimit, type SharedRateLimit } from './shared-rate-limit.ts'

const REDIS = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const DEAR = '{ accounts(first: 60) { edges { node { movements(first: 60) { edges { node { id } } } } } } }'

const open: SharedRateLimit[] = []
afterEach(async () => {
  for (const limit of open.splice(0)) await limit.close()
})

/** As a process of its own has it, and what it logs. */
async function aProcess(url = REDIS) {
  const logged: boolean[] = []
  const limit = await createSharedRateLimit(url, createRateLimit(Date.now), (isAway) => logged.push(isAway))
  open.push(limit)
  return { limit, logged }
}

const aBucket = (burst = 100, restoreRate = 10) => ({
  tenantId: 'acme',
  caller: randomUUID(),
  allowance: { burst, restoreRate },
})

describe.skipIf(process.env['NOBISHIRO_TEST_REDIS'] === 'absent')('allowances in Redis', () => {
  it('are one for all processes, and come back by the second', async () => {
    const [one, other] = [await aProcess(), await aProcess()]
    const bucket = aBucket()
    expect(await one.limit.spend(60, bucket)).toEqual({ ok: true, available: 40 })
    expect(await other.limit.spend(50, bucket)).toMatchObject({ ok: false, available: expect.closeTo(40, 0) })
    expect(await other.limit.spend(40, bucket)).toMatchObject({ ok: true })
    const both = aBucket()
    const asked = Array.from({ length: 150 }, (_, index) => (index % 2 ? one : other).limit.spend(1, both))
    const given = (await Promise.all(asked)).filter(({ ok }) => ok).length
    expect(given).toBeGreaterThanOrEqual(100)
    expect(given).toBeLessThan(110)
    const quick = aBucket(100, 1_000)
    await one.limit.spend(100, quick)
    await expect.poll(() => other.limit.spend(20, quick), { interval: 10 }).toMatchObject({ ok: true })
    expect([...one.logged, ...other.logged]).toEqual([])
  })

  it('of several buckets are taken in turn, until one has too few: that one keeps what it has', async () => {
    const { limit } = await aProcess()
    const [own, all] = [aBucket(50, 1), aBucket(30, 1)]
    expect(await limit.spend(20, own, all)).toEqual({ ok: true, available: 10 })
    expect(await limit.spend(20, own, all)).toMatchObject({ ok: false, available: 10 })
    expect(await limit.spend(10, all)).toMatchObject({ ok: true })
    expect(await limit.spend(11, own)).toMatchObject({ ok: false })
  })

  it('are one for two servers of a tenant', async () => {
    const db = await inMemory()
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId)
    const apps = [await aProcess(), await aProcess()].map(({ limit }) => anApp(db, { allowances: limit }))
    const started = performance.now()
    const answers: Answer[] = []
    // One after the other: a busy process takes Redis for away.
    for (let time = 0; time < 18; time += 1) answers.push(await query(apps[time % 2]!, { token, query: DEAR }))
    const refused = answers.find(({ status }) => status === 429)
    const { requested, restoreRate } = (refused?.errors?.[0]?.extensions['cost'] ?? {}) as Record<string, number>
    // The burst of one key, and what came back meanwhile.
    const most = (5_000 + ((restoreRate ?? 0) * (performance.now() - started)) / 1_000) / (requested ?? 0)
    expect(most).toBeLessThan(18)
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(most)
    await db.close()
  })

  it('are counted by each process while Redis is away, which is logged once, and shared again when it is back', async () => {
    const relay = await relayTo(REDIS)
    const [one, other] = [await aProcess(relay.url), await aProcess()]
    const bucket = aBucket()
    await one.limit.spend(90, bucket)
    await relay.cut()
    const alone = await Promise.all(Array.from({ length: 150 }, () => one.limit.spend(1, bucket)))
    expect(alone.filter(({ ok }) => ok).length).toBeLessThan(110)
    expect(alone.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(100)
    expect(one.logged).toEqual([true])
    await relay.restore()
    const spent = aBucket(100, 0.001)
    await other.limit.spend(100, spent)
    await expect.poll(() => one.limit.spend(1, spent), { timeout: 4_000 }).toMatchObject({ ok: false })
    expect(one.logged).toEqual([true, false])
    await relay.cut()
  })

  it('are counted by each process while Redis hangs, and delay few questions', async () => {
    const relay = await relayTo(REDIS)
    const { limit, logged } = await aProcess(relay.url)
    const bucket = aBucket(50, 0.001)
    await limit.spend(1, bucket)
    const letGo = relay.hold()
    const started = performance.now()
    for (let time = 0; time < 50; time += 1) expect(await limit.spend(1, bucket)).toMatchObject({ ok: true })
    // The first question waits a quarter of a second for it, and then none does for a second.
    expect(performance.now() - started).toBeLessThan(900)
    expect(await limit.spend(1, bucket)).toMatchObject({ ok: false })
    expect(logged).toEqual([true])
    letGo()
    const ask = async () => {
      await limit.spend(1, aBucket())
      return logged
    }
    await expect.poll(ask, { timeout: 4_000 }).toEqual([true, false])
    await relay.cut()
  })
})

it('a Redis that takes connections and says nothing is away, and delays no question', async () => {
  const silent = createServer(() => {})
  await once(silent.listen(0, '127.0.0.1'), 'listening')
  const { port } = silent.address() as { port: number } // it listens on TCP
  const { limit, logged } = await aProcess(`redis://127.0.0.1:${port}`)
  const bucket = aBucket(50, 1)
  const started = performance.now()
  for (let time = 0; time < 50; time += 1) expect(await limit.spend(1, bucket)).toMatchObject({ ok: true })
  expect(performance.now() - started).toBeLessThan(250)
  expect(await limit.spend(1, bucket)).toMatchObject({ ok: false })
  expect(logged).toEqual([true])
  silent.close()
})
