import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PrismaClient } from '../../generated/client/client.ts'
import { connect } from '../index.ts'
import { embeddedAdapter } from './adapter.ts'
import { lockFolder } from './folder-lock.ts'
import { engineOf } from './local-engine.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nobishiro-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('a commit that the database refuses is reported, and nothing of it stays', async () => {
  const engine = await PGlite.create('memory://')
  await engine.exec('CREATE TABLE probe (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)')
  const client = new PrismaClient({ adapter: embeddedAdapter(engineOf(engine)) })
  await expect(client.$transaction((tx) => tx.$executeRaw`INSERT INTO probe VALUES (1), (1)`)).rejects.toThrow(
    /duplicate key/,
  )
  expect((await engine.query('SELECT * FROM probe')).rows).toEqual([])
  await client.$transaction((tx) => tx.$executeRaw`INSERT INTO probe VALUES (1), (2)`)
  expect((await engine.query('SELECT * FROM probe')).rows).toHaveLength(2)
  await client.$disconnect()
  await engine.close()
})

it('the folder belongs to one opener; what it holds is there again after reopening', async () => {
  const first = await connect({ dataDir: folder })
  await expect(connect({ dataDir: folder })).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED' })
  await first.withTenant({ tenantId: 'kept', viewer: 'TENANT' }, (tx) =>
    tx.tenant.create({ data: { id: 'kept', name: 'Kept', currency: 'JPY', timeZone: 'Asia/Tokyo' } }),
  )
  await first.close()
  const second = await connect({ dataDir: folder })
  expect(await second.tenants()).toEqual([{ id: 'kept', name: 'Kept' }])
  await second.close()
})

it('the lock of a process that was killed is taken over at once', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  await mkdir(join(folder, 'lock'))
  await writeFile(join(folder, 'owner.json'), JSON.stringify({ pid: dead, host: hostname() }))
  const release = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED', pid: process.pid })
  await release()
})

it('a migration that was edited after it ran is refused', async () => {
  const first = await connect({ dataDir: folder })
  await first.close()
  const engine = await PGlite.create(join(folder, 'database'))
  await engine.exec(`UPDATE _prisma_migrations SET checksum = 'other'`)
  await engine.close()
  await expect(connect({ dataDir: folder })).rejects.toThrow(/was changed after it ran/)
})
