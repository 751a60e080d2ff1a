import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EmbeddedEngine } from './engine.ts'
import { openRemoteEngine } from './remote-engine.ts'

let folder: string
let engine: EmbeddedEngine
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nobishiro-'))
  engine = await openRemoteEngine(join(folder, 'database'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const sql = (text: string) => ({ sql: text, args: [], argTypes: [] })

it('a long query keeps nobody else from running', async () => {
  let turns = 0
  const turning = setInterval(() => (turns += 1), 10)
  const transaction = await engine.begin()
  turns = 0
  await engine.queryRaw(transaction, sql('SELECT 1 FROM pg_sleep(1)'))
  clearInterval(turning)
  await engine.rollback(transaction)
  expect(turns).toBeGreaterThan(3)
})

it('a refused statement says why, in the words that Prisma reads', async () => {
  const transaction = await engine.begin()
  const failing = engine.executeRaw(transaction, sql('SELECT * FROM nowhere'))
  await expect(failing).rejects.toMatchObject({ name: 'DriverAdapterError', cause: { kind: 'TableDoesNotExist' } })
  await engine.rollback(transaction)
})

it('a refused commit is an error', async () => {
  const transaction = await engine.begin()
  await engine.executeRaw(transaction, sql('CREATE TEMPORARY TABLE probe (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)'))
  await engine.executeRaw(transaction, sql('INSERT INTO probe VALUES (1), (1)'))
  await expect(engine.commit(transaction)).rejects.toThrow(/duplicate key/)
})

it('whoever asks after the end is told so', async () => {
  await engine.close()
  await expect(engine.begin()).rejects.toThrow(/has ended/)
})
