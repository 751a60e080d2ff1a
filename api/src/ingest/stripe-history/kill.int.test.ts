import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect, type Database } from '@nobishiro/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerHash } from '../../ledger/hash.ts'
import { verify } from '../../ledger/verify.ts'
import { aTenant } from '../../testing/build.ts'
import { createDatabase, dropAll, inMemory } from '../../testing/db.ts'
import { livesOf, NOW } from './testing/lives.ts'
import { readFrom } from './testing/read-from.ts'
import { inboxOf, see } from './testing/see.ts'
import { type StripeServer, stripeServer } from './testing/stripe-server.ts'
import { accountOf } from './testing/vendor.ts'

const script = fileURLToPath(new URL('./testing/history-process.ts', import.meta.url))
const lives = livesOf(7, 60)
const hashOf = (db: Database) => see(db, (tx) => ledgerHash(tx, 'acme-saas'))

/** Starts a reading and kills it without warning, `delay` after it has said `step`. */
async function killed(target: string, base: URL, { step, delay }: { step: string; delay: number }): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script, target, base.href], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes(step)) break
  }
  expect(said).toContain(step)
  await pause(delay)
  child.kill('SIGKILL')
  await gone
}

const POINTS = [
  { name: 'after the catalogue', step: 'prices 6\n', delay: 0 },
  { name: 'in the middle of the subscriptions', step: 'subscriptions 50\n', delay: 0 },
]

const databases: string[] = []
let server: StripeServer
let whole = ''
beforeAll(async () => {
  server = await stripeServer(accountOf(lives))
  const db = await inMemory()
  await aTenant(db)
  await readFrom(db, server.base)
  whole = await hashOf(db)
  await db.close()
}, 120_000)
afterAll(async () => {
  await server.close()
  if (databases.length > 0) await dropAll(databases)
})

describe.each([
  { engine: 'PGlite', isAbsent: false },
  { engine: 'PostgreSQL', isAbsent: process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent' },
])('a reading killed on $engine', { timeout: 240_000 }, ({ engine, isAbsent }) => {
  const openAt = (target: string) => connect(target.startsWith('postgresql://') ? { url: target } : { dataDir: target })

  it.skipIf(isAbsent).each(POINTS)('$name goes on where it was and ends in the same ledger', async (point) => {
    const target =
      engine === 'PGlite' ? await mkdtemp(join(tmpdir(), 'nobishiro-kill-')) : await createDatabase(databases)
    const before = await openAt(target)
    await aTenant(before)
    await before.close()

    await killed(target, server.base, point)

    const db = await openAt(target)
    try {
      expect(await inboxOf(db)).toBeGreaterThan(0)
      expect(await hashOf(db)).not.toBe(whole)
      server.asked.length = 0
      // An hour later: what is read still counts as of the first run.
      const report = await readFrom(db, server.base, { now: NOW + 3600 })
      const asked = new Set(server.asked.flatMap((path) => /invoices\?subscription=(\w+)/.exec(path)?.[1] ?? []))
      expect(report).toMatchObject({ resumed: true, asOf: new Date((NOW - 1) * 1000).toISOString(), gaps: [] })
      expect(report.read).toMatchObject({ subscriptions: lives.length, products: 3, customers: 60 })
      if (point.step.startsWith('subscriptions')) expect(asked.size).toBeLessThan(lives.length)
      expect(await hashOf(db)).toBe(whole)
      expect(await verify(db, 'acme-saas', new Date(NOW * 1000))).toMatchObject({ ok: true })
    } finally {
      await db.close()
    }
  })
})
