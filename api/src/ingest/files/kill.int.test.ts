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
import { createDatabase, dropAll, inMemory } from '../../testing/db.ts'
import { recover } from '../import-store.ts'
import { createTenant, importDirectory, writeFiles } from './testing/import-text.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const script = fileURLToPath(new URL('./testing/import-process.ts', import.meta.url))

/** 100 accounts, 2,100 subscriptions, 2,100 usage rows: several batches, and a publish that takes a while. */
function someFiles(): Record<string, string> {
  const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + (n % 300))).toISOString().slice(0, 10)
  const lines = (count: number, row: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => row(n)).join('\n')
  return {
    'accounts.csv': `account,name\n${lines(100, (n) => `A-${n},Account ${n}`)}`,
    'subscriptions.csv': `subscription,account,start,end,plan,seats,amount,currency\n${lines(2100, (n) => `S-${n},A-${n % 100},${day(n * 7)},${n % 3 ? '' : day(299)},${n % 2 ? 'Pro' : 'Basic'},${n % 9},${n},USD`)}`,
    'usage.csv': `usage,subscription,metric,day,quantity\n${lines(2100, (n) => `U-${n},S-${n % 2100},calls,${day(n)},${n}`)}`,
  }
}

/** Starts an import and kills it without warning, `delay` after it has said `step`. */
async function killed(
  target: string,
  directory: string,
  { step, delay }: { step: string; delay: number },
): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script, target, directory], {
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
  { name: 'between two chunks', step: 'subscriptions.csv 1999\n', delay: 0 },
  { name: 'while it is published', step: 'usage.csv 2100\n', delay: 100 },
]

const databases: string[] = []
afterAll(() => (databases.length > 0 ? dropAll(databases) : undefined))

describe.each([
  { engine: 'PGlite', isAbsent: false },
  { engine: 'PostgreSQL', isAbsent: process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent' },
])('an import killed on $engine', { timeout: 240_000 }, ({ engine, isAbsent }) => {
  const [directory, whole] = [writeFiles(someFiles()), { hash: '' }]
  const openAt = (target: string) => connect(target.startsWith('postgresql://') ? { url: target } : { dataDir: target })
  const newTarget = () => (engine === 'PGlite' ? mkdtemp(join(tmpdir(), 'nobishiro-kill-')) : createDatabase(databases))
  const state = (db: Database) =>
    db.withTenant({ tenantId: 'acme', viewer: 'TENANT' }, async (tx) => ({
      posted: await tx.inbox.count({ where: { status: 'POSTED' } }),
      accounts: await tx.account.count(),
      usage: await tx.usageRecord.count(),
      hash: await ledgerHash(tx, 'acme'),
    }))

  beforeAll(async () => {
    if (isAbsent) return
    const db = await inMemory()
    await createTenant(db)
    await importDirectory(db, await directory)
    whole.hash = (await state(db)).hash
    await db.close()
  }, 120_000)

  it.skipIf(isAbsent).each(POINTS)(
    '$name is whole or absent, and whole after the next try',
    async ({ step, delay }) => {
      const target = await newTarget()
      const before = await openAt(target)
      await createTenant(before)
      const empty = await state(before)
      await before.close()

      await killed(target, await directory, { step, delay })

      const db = await openAt(target)
      try {
        await recover(db, 'acme', () => NOW)
        const found = await state(db)
        expect([empty, { ...found, accounts: 100, usage: 2100, hash: whole.hash }]).toContainEqual(found)
        expect(await verify(db, 'acme', NOW)).toMatchObject({ ok: true })
        await importDirectory(db, await directory)
        expect(await state(db)).toMatchObject({ accounts: 100, usage: 2100, hash: whole.hash })
        expect(await verify(db, 'acme', NOW)).toMatchObject({ ok: true })
        expect(await importDirectory(db, await directory)).toMatchObject({ outcome: 'NOTHING_NEW' })
      } finally {
        await db.close()
      }
    },
  )
})
