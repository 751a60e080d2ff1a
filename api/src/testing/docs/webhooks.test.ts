import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createFactsCache } from '../../facts/facts-cache.ts'
import { EVENT_TYPES } from '../../outbox/event-types.ts'
import { createEndpoint, testEndpoint } from '../../webhooks/endpoints.ts'
import { createRunner } from '../../webhooks/runner.ts'
import { createSend } from '../../webhooks/send.ts'
import { crossInOctober, guess, hold, LONG_AGO } from '../../webhooks/testing/history.ts'
import { aTenant } from '../build.ts'
import { inMemory } from '../db.ts'
import { anApp, TEST_SECRET } from '../query.ts'
import { root } from '../root.ts'
import { listeningLogger } from '../what-was-said.ts'
import { blocksOf } from './blocks.ts'

type Event = { id: string; type: string; data: object }

const [receiver] = blocksOf('docs/webhooks.md', ['js'])
const examples = blocksOf('docs/webhooks.md', ['json']).map(({ code }) => JSON.parse(code) as Event)

/** What a value is made of: names, and sorts of values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]))
}

async function aFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('the receiver of the documents takes every event there is, and the examples look like them', async () => {
  const db = await inMemory()
  onTestFinished(() => db.close())
  const context = await aTenant(db, { id: 'acme' })
  const { tenantId } = context
  const port = await aFreePort()
  const rules = { secret: TEST_SECRET, allowPrivate: true }
  const change = { tenantId, by: 'test', now: LONG_AGO }
  const url = `http://127.0.0.1:${port}/webhooks`
  const endpoint = await createEndpoint(db, change, { url, events: EVENT_TYPES }, rules)

  const child = spawn(process.execPath, ['--input-type=module', '--eval', receiver?.code ?? ''], {
    cwd: join(root, 'api'),
    env: { ...process.env, NODE_OPTIONS: '', NOBISHIRO_WEBHOOK_SECRET: endpoint.secret, PORT: String(port) },
  })
  onTestFinished(() => void child.kill())
  const lines: string[] = []
  child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)))

  const now = () => new Date()
  await crossInOctober(db, context)
  await hold(db, context, '2026-10-20', 30)
  await guess(anApp(db, { now }), tenantId)
  await testEndpoint(db, { tenantId, now: now() }, endpoint.id)
  const runner = createRunner({
    ...{ db, now, secret: TEST_SECRET, logger: listeningLogger, pollMs: 50 },
    factsCache: createFactsCache({ database: db, now }),
    send: createSend({ allowPrivate: true }),
  })
  runner.start()
  onTestFinished(() => runner.stop(0))
  const types = () => new Set(lines.map((line) => (JSON.parse(line) as Event).type))
  await expect.poll(() => types().size, { timeout: 60_000 }).toBe(EVENT_TYPES.length + 1)

  const events = lines.map((line) => JSON.parse(line) as Event)
  expect(new Set(examples.map(({ type }) => type))).toEqual(types())
  for (const example of examples) {
    const sent = events.find(({ type }) => type === example.type)
    expect([example.type, shapeOf(sent)]).toEqual([example.type, shapeOf(example)])
  }
})
