import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Database } from '@nobishiro/prisma'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { verify } from '../../ledger/verify.ts'
import { createDatabase, dropAll, eachDatabase } from '../db.ts'
import { onServerAt } from '../prepared.ts'
import { allAre, aServer, EVERYTHING, KEPT, kept, NOTHING, tryAll } from './attempts.ts'
import { furnish, TENANT } from './deliveries.ts'
import { relayTo } from './relay.ts'

/** Afterwards, without a restart, everything is kept once, and the ledger adds up. */
async function expectItWorks(db: Database, key: string, app = aServer(db)) {
  expect(await kept(db)).toEqual(NOTHING)
  expect(await tryAll(app, key)).toEqual(KEPT)
  expect(await kept(db)).toEqual(EVERYTHING)
  expect(await verify(db, TENANT, new Date())).toMatchObject({ ok: true })
}

/** As the owner of the tables, who may change them. */
const asOwner = (db: Database, sql: string) =>
  db.withTenant({ tenantId: TENANT, viewer: 'TENANT' }, async (tx) => {
    await tx.$executeRaw`SET LOCAL ROLE NONE`
    await tx.$executeRawUnsafe(sql)
    await tx.$executeRaw`SET LOCAL ROLE nobishiro_app`
  })

/** Every write is refused when its transaction ends, with this code. */
const refuseCommits = async (db: Database, code: string) => {
  await asOwner(
    db,
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '${code}'; END $$`,
  )
  await asOwner(
    db,
    `DO $$ DECLARE name text; BEGIN
       FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' LOOP
         EXECUTE format('CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()', name);
       END LOOP; END $$`,
  )
}

eachDatabase((open) => {
  describe.each([
    { fault: 'a full disk', code: '53100', answer: '503 UNAVAILABLE' },
    { fault: 'a constraint', code: '23514', answer: '500 INTERNAL' },
  ])('what the database refuses at its commit for $fault', ({ code, answer }) => {
    it('is never said to be kept, leaves nothing, and is kept when it is sent again', async () => {
      const db = await open()
      const key = await furnish(db)
      const app = aServer(db)
      await refuseCommits(db, code)
      expect(await tryAll(app, key)).toEqual(allAre(answer))
      await asOwner(db, 'DROP FUNCTION refuse() CASCADE')
      await expectItWorks(db, key, app)
    })
  })
})

/** A disk of its own, of 128 MB; only root may have one. */
function aSmallDisk(): { folder: string; remove: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'nobishiro-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'none', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const remove = () => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true })
  }
  return { folder, remove }
}
const disk = aSmallDisk()
afterAll(() => disk?.remove())

describe('a disk that is full', () => {
  it.skipIf(!disk)('is never said to have kept anything by PGlite, which works again once there is room', async () => {
    const { folder } = disk!
    const db = await connect({ dataDir: join(folder, 'data') })
    try {
      const key = await furnish(db)
      const app = aServer(db)
      const filler = join(folder, 'filler')
      writeFileSync(filler, Buffer.alloc(60 * 1024 * 1024))
      expect(await tryAll(app, key)).toEqual(allAre('503 UNAVAILABLE'))
      expect((await app(new Request('http://localhost/health/ready'))).status).toBe(503)
      await expect(connect({ dataDir: join(folder, 'other') })).rejects.toThrow(/disk of the embedded database is full/)
      rmSync(filler)
      await expectItWorks(db, key, app)
    } finally {
      await db.close()
    }
  })
})

describe.skipIf(process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent')('a PostgreSQL server that goes away', () => {
  const databases: string[] = []
  afterAll(() => dropAll(databases))

  it('is never said to have kept anything, and is worked with again once it is back', async () => {
    const relay = await relayTo(await createDatabase(databases))
    const db = await connect({ url: relay.url, poolSize: 5 })
    try {
      const key = await furnish(db)
      const app = aServer(db)
      await relay.cut()
      expect(await tryAll(app, key)).toEqual(allAre('503 UNAVAILABLE'))
      expect((await app(new Request('http://localhost/health/ready'))).status).toBe(503)
      await relay.restore()
      await expectItWorks(db, key, app)
    } finally {
      await db.close()
      await relay.cut()
    }
  })

  it('in the middle of requests takes with it what they had begun', async () => {
    const url = await createDatabase(databases)
    const db = await connect({ url, poolSize: 10 })
    try {
      const key = await furnish(db)
      const app = aServer(db)
      await onServerAt(url, async (other) => {
        await other.query('BEGIN')
        await other.query('LOCK TABLE inbox, api_key, embed_session, idempotent_answer IN EXCLUSIVE MODE')
        const asked = tryAll(app, key)
        const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
        const waiting = `SELECT count(*)::int AS n ${others} AND wait_event_type = 'Lock'`
        await vi.waitFor(
          async () => {
            await other.query('SELECT pg_stat_clear_snapshot()') // else a transaction sees one moment
            expect((await other.query(waiting)).rows).toEqual([{ n: Object.keys(KEPT).length }])
          },
          { timeout: 20_000 },
        )
        await other.query(`SELECT pg_terminate_backend(pid) ${others}`)
        expect(await asked).toEqual(allAre('503 UNAVAILABLE'))
      })
      await expectItWorks(db, key, app)
    } finally {
      await db.close()
    }
  })
})
