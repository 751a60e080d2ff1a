import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { connect, type Database } from '@nobishiro/prisma'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { saveStripeSource, stripeSecret } from '../access/sources.ts'
import { accept } from '../ingest/accept.ts'
import { verify } from '../ledger/verify.ts'
import { sha256 } from '../shared/canonical.ts'
import { anItem, aPrice, aSubscription, delivered } from '../testing/build.ts'
import { createDatabase, dropAll } from '../testing/db.ts'
import { aKey, anApp, query, TEST_SECRET } from '../testing/query.ts'
import { aTenantInFull } from '../testing/tenant-in-full.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const clock = () => NOW
const script = fileURLToPath(new URL('./testing/restore-process.ts', import.meta.url))
const ENGINES =
  process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent' ? (['pglite'] as const) : (['pglite', 'postgresql'] as const)

const databases: string[] = []
const opened: Database[] = []
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})
afterAll(() => (databases.length > 0 ? dropAll(databases) : undefined))

async function anEmpty(engine: (typeof ENGINES)[number]): Promise<Database> {
  const db = await connect(
    engine === 'pglite' ? { memory: true } : { url: await createDatabase(databases), poolSize: 2 },
  )
  opened.push(db)
  return db
}

const newFile = async () => join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'all.backup.gz')

/** Every row of every table, as text. */
const contentOf = (db: Database): Promise<Record<string, string[]>> =>
  db.readWhole(async (whole) => {
    const found: Record<string, string[]> = {}
    for (const tenant of whole.tenants)
      for (const table of whole.tables) {
        const rows: string[] = []
        await whole.inside(tenant, async () => {
          for await (const page of whole.rows(table)) rows.push(...page)
        })
        found[`${tenant} ${table.name}`] = rows.sort()
      }
    return found
  })

async function twoTenants(db: Database): Promise<{ token: string }> {
  for (const id of ['tenant-a', 'tenant-b']) await aTenantInFull(db, id)
  await saveStripeSource(db, { tenantId: 'tenant-a', name: 'stripe', webhookSecret: 'whsec_a' }, TEST_SECRET)
  return { token: await aKey(db, 'tenant-b') }
}

const PAIRS = ENGINES.flatMap((from) => ENGINES.map((to) => ({ from, to })))

describe.each(PAIRS)('a back-up of $from restored into $to', ({ from, to }) => {
  it('has every row of every tenant, works as before, and can be written to', async () => {
    const [before, file] = [await anEmpty(from), await newFile()]
    const { token } = await twoTenants(before)
    const written = await writeBackup(before, file, { clock })
    expect(written.bytes).toBe((await stat(file)).size)
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    const after = await anEmpty(to)
    const restored = await restoreBackup(after, file)
    expect(restored.tenants).toEqual(written.tenants)
    expect(restored.rows).toBe(written.rows)
    const content = await contentOf(after)
    expect(content).toEqual(await contentOf(before))
    const empty = Object.entries(content).flatMap(([name, rows]) => (rows.length === 0 ? [name.split(' ')[1]] : []))
    expect(Object.keys(content).length / 2 - new Set(empty).size).toBeGreaterThan(15)

    const asked = await query(anApp(after), { token, query: '{ viewer { tenant { id } } }' })
    expect(asked.data).toEqual({ viewer: { tenant: { id: 'tenant-b' } } })
    expect(await stripeSecret(after, { tenantId: 'tenant-a', name: 'stripe' }, TEST_SECRET)).toBe('whsec_a')
    // Numbers that count by themselves go on where they were.
    const next = aSubscription({
      account: 'cus',
      subscription: 'sub',
      at: '2026-04-10T00:00:00.000Z',
      items: [anItem('crm', 20, aPrice('1000'))],
    })
    for (const db of [before, after]) {
      await accept(db, { tenantId: 'tenant-a', source: 'stripe', clock }, [delivered('5', next)])
      await aKey(db, 'tenant-a')
      expect(await verify(db, 'tenant-a', NOW)).toMatchObject({ ok: true })
    }
    const [grown, original] = [await verify(after, 'tenant-a', NOW), await verify(before, 'tenant-a', NOW)]
    expect(grown.hash).toBe(original.hash)
    expect(grown.lines).toBe(original.lines)
  })
})

describe.each(ENGINES)('a back-up on %s', (engine) => {
  it('goes into an empty database only, and never over a file', async () => {
    const [db, file] = [await anEmpty(engine), await newFile()]
    await twoTenants(db)
    await writeBackup(db, file, { clock })
    await expect(writeBackup(db, file, { clock })).rejects.toThrow('exists already')
    await expect(restoreBackup(db, file)).rejects.toThrow('The database is not empty: it has 2 tenants')
    await expect(restoreBackup(db, `${file}.missing`)).rejects.toThrow('cannot be read')
    expect(await readdir(join(file, '..'))).toEqual(['all.backup.gz'])
  })

  it('that was cut, altered or is of another version is refused and leaves nothing', async () => {
    const [db, file] = [await anEmpty(engine), await newFile()]
    await twoTenants(db)
    await writeBackup(db, file, { clock })
    const bytes = await readFile(file)
    const text = gunzipSync(bytes).toString()
    const lines = text.trimEnd().split('\n')
    const flipped = Buffer.from(bytes)
    flipped[Math.floor(bytes.length / 2)]! ^= 0x10
    /** Altered by somebody who knows the format. */
    const forged = (change: (text: string) => string) => {
      const changed = change(`${lines.slice(0, -1).join('\n')}\n`)
      expect(changed).not.toBe(`${lines.slice(0, -1).join('\n')}\n`)
      return gzipSync(`${changed}${lines.at(-1)!.replace(/"sha256":"\w+"/, `"sha256":"${sha256(changed)}"`)}\n`)
    }
    const cases: [Buffer, string][] = [
      [bytes.subarray(0, bytes.length - 20), 'cut off'],
      [bytes.subarray(0, Math.floor(bytes.length / 2)), 'cut off'],
      [flipped, 'The back-up'],
      [gzipSync(`${lines.slice(0, -1).join('\n')}\n`), 'is cut off: the last line is missing'],
      [gzipSync(text.slice(0, -30)), 'cut off'],
      [gzipSync(text.replace('"amount_minor":3000', '"amount_minor":3001')), 'was altered'],
      [gzipSync(text.replace('"formatVersion":1', '"formatVersion":2')), 'is of format version 2'],
      [gzipSync('no back-up\n'), 'expected a JSON object'],
      [Buffer.from('no gzip'), 'not gzip'],
      [
        forged((said) => said.replace(/"content_key":"\w{4}/g, '"content_key":"0000')),
        'gives another ledger of tenant',
      ],
      [forged((said) => said.replace('"migrations":[', '"migrations":["29990101000000_later",')), 'a newer release'],
      [forged((said) => said.replace(/,?"20261127140000_fiscal_years"/, '')), 'an older release'],
      [forged((said) => said.replace('"time_zone":"UTC"', '"time_zone":null')), 'rows of tenant are refused'],
      [
        forged((said) => said.replace('{"type":"table","name":"account"}', '{"type":"table","name":"pg_authid"}')),
        'there is no table pg_authid',
      ],
      [forged((said) => said.replaceAll('"tenant_id":"tenant-b"', '"tenant_id":"tenant-a"')), 'are refused'],
    ]
    const empty = await anEmpty(engine)
    for (const [changed, message] of cases) {
      await writeFile(file, changed)
      await expect(restoreBackup(empty, file), message).rejects.toThrow(message)
      expect(await empty.tenants(), message).toEqual([])
    }
    await writeFile(file, bytes)
    await restoreBackup(empty, file)
    expect((await empty.tenants()).map(({ id }) => id)).toEqual(['tenant-a', 'tenant-b'])
  })

  it('that is killed while it is restored leaves nothing, and is restored by the next try', async () => {
    const [db, file] = [await anEmpty('pglite'), await newFile()]
    await twoTenants(db)
    await writeBackup(db, file, { clock })
    const target =
      engine === 'pglite' ? await mkdtemp(join(tmpdir(), 'nobishiro-kill-')) : await createDatabase(databases)
    const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script, target, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'exit')
    let said = ''
    for await (const chunk of child.stdout) {
      said += String(chunk)
      if (said.includes('tenant-b ')) break
    }
    child.kill('SIGKILL')
    await gone
    expect(said).toContain('tenant-a ledger_line')
    expect(said).not.toContain('done')
    const again = await connect(engine === 'pglite' ? { dataDir: target } : { url: target, poolSize: 2 })
    opened.push(again)
    expect(await again.tenants()).toEqual([])
    await restoreBackup(again, file)
    expect(await contentOf(again)).toEqual(await contentOf(db))
  }, 60_000)
})
