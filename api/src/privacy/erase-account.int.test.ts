import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { exportArchive } from '../archive/export-archive.ts'
import { restoreArchive } from '../archive/restore-archive.ts'
import { correct } from '../corrections/correct.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { accept } from '../ingest/accept.ts'
import { publish, stage } from '../ingest/import-store.ts'
import { replayInbox } from '../ingest/replay-inbox.ts'
import { resolveConflict } from '../ingest/resolve-conflict.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { metricKeys } from '../metrics/registry.ts'
import { anAccount, delivered } from '../testing/build.ts'
import { eachDatabase, inMemory } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'
import { eraseAccount } from './erase-account.ts'
import { heldEverywhere, NOW, toldOf } from './testing/held-everywhere.ts'
import { sweep } from './testing/sweep.ts'

const ERASED = 'Zephyrine'
const OTHER = 'Ottoline'
const RANGE = 'range: { start: "2025-01-01", end: "2026-11-01" }'
const VALUES = 'definition { key } values { value reason numerator { value } denominator { value } }'

/** Every metric, whole and in parts that stay, and the waterfall. */
const TOTALS = `query Totals($asOf: DateTime) {
  whole: metrics(keys: [${metricKeys.join(' ')}], asOf: $asOf, ${RANGE}) { ${VALUES} }
  region: metrics(keys: [mrr expansion], by: [{ kind: REGION }], asOf: $asOf, ${RANGE}) { groups { values { value } } }
  partner: metrics(keys: [mrr expansion], by: [{ kind: ATTRIBUTE, key: "partner" }], asOf: $asOf, ${RANGE}) { groups { values { value } } }
  waterfall(population: ALL, asOf: $asOf, ${RANGE}) { reconciles steps { key amount { minor } } }
  seatGrowth(asOf: $asOf, ${RANGE}) { purchased }
}`

const hashOf = (db: Database, tenantId: string) =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId))

async function totalsOf(db: Database, tenantId: string, asOf?: Date) {
  const token = await aKey(db, tenantId, ['read'])
  const { data, errors } = await query(anApp(db, { now: () => new Date() }), {
    token,
    query: TOTALS,
    variables: { asOf },
  })
  expect(errors).toBeUndefined()
  return data
}

async function expectSound(db: Database, tenantId: string) {
  const { checks } = await verify(db, tenantId, NOW)
  expect(checks.flatMap(({ problems }) => problems)).toEqual([])
}

eachDatabase((open) => {
  it('an account that is erased is found nowhere, whatever comes later, and no number changes', {
    timeout: 120_000,
  }, async () => {
    const db = await open()
    const context = await heldEverywhere(db, 'acme-saas', { erased: ERASED, other: OTHER })
    await heldEverywhere(db, 'beside', { erased: ERASED, other: OTHER })
    const { tenantId } = context
    const change = { tenantId, by: 'key:k', now: NOW }
    const everywhere = [
      'account',
      'account_attributes',
      'idempotent_answer',
      'inbox',
      'inbox_conflict',
      'ledger_line',
      'observation',
      'source',
    ]
    expect(await sweep(db, tenantId, ERASED)).toEqual(everywhere)
    const asOf = new Date()
    const [others, hash] = [await sweep(db, tenantId, OTHER), await hashOf(db, tenantId)]
    const [totals, then] = [await totalsOf(db, tenantId), await totalsOf(db, tenantId, asOf)]

    const erased = await eraseAccount(db, change, 'zed')
    expect(erased).toMatchObject({ accounts: ['stripe:twin', 'stripe:zed'], newly: ['stripe:twin', 'stripe:zed'] })
    const expectErased = async () => {
      expect(await sweep(db, tenantId, ERASED)).toEqual([])
      expect(await hashOf(db, tenantId)).toBe(hash)
      expect(await totalsOf(db, tenantId)).toEqual(totals)
      expect(await totalsOf(db, tenantId, asOf)).toEqual(then)
      await expectSound(db, tenantId)
    }
    await expectErased()
    expect(await sweep(db, tenantId, OTHER)).toEqual(others)
    expect(await sweep(db, 'beside', ERASED)).toEqual(everywhere)

    expect(await eraseAccount(db, change, 'stripe:twin')).toMatchObject({ newly: [], deliveries: 0 })
    const again = await accept(db, context, toldOf('zed', ERASED))
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['DUPLICATE']))
    const latest = (account: string) =>
      anAccount(account, '2026-11-01T00:00:00.000Z', {
        ...{ name: ERASED, region: 'JP', parent: 'group', signedUpOn: '2025-01-01' },
        attributes: { partner: 'Kumo', owner: ERASED },
      })
    const [unread] = toldOf('zed', ERASED).filter(({ externalId }) => externalId.endsWith('unread'))
    const late = [
      delivered('late-1', latest('zed')),
      { ...unread!, externalId: 'late-2' },
      delivered('zed-0', anAccount('zed', '2025-01-01T00:00:00.000Z', { name: `${ERASED} & Co` })),
    ]
    expect((await accept(db, context, late)).map(({ outcome }) => outcome)).toEqual(['POSTED', 'IGNORED', 'CONFLICT'])
    const staged = [delivered('late-3', latest('twin'))]
    await stage(db, context, 'an-import', staged)
    await publish(db, context, 'an-import', 1)
    const asked = { kind: 'RECLASSIFY_MOVEMENT', account: 'stripe:zed', month: '2026-03', to: 'USAGE' } as const
    const reason = `${ERASED} called`
    const same = { asked, reason, idempotencyKey: 'because of zed' }
    expect(await correct(db, { tenantId, by: 'key:k', clock: () => NOW }, same)).toMatchObject({ appended: 0 })
    await expect(
      correct(db, { tenantId, by: 'key:k', clock: () => NOW }, { ...same, reason: 'another' }),
    ).rejects.toThrow(/was used for another correction/)
    await expectErased()

    const kept = { source: 'stripe', externalId: 'zed-0', keep: 'second', reason: 'the newer one' } as const
    await resolveConflict(db, { tenantId, clock: () => NOW }, kept)
    expect(await sweep(db, tenantId, ERASED)).toEqual([])
    await expectSound(db, tenantId)
    expect(await hashOf(db, tenantId)).toBe(hash)

    const file = join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'acme.ndjson.gz')
    await exportArchive(db, { tenantId, clock: () => NOW }, file)
    const restored = await restoreArchive(db, file, { as: 'a-copy' })
    expect(restored.ledgerHash).toBe(hash)
    const afterwards = [delivered('late-4', latest('zed')), ...toldOf('twin', ERASED)]
    await accept(db, { ...context, tenantId: 'a-copy' }, afterwards)
    expect(await sweep(db, 'a-copy', ERASED)).toEqual([])

    const copy = await inMemory()
    try {
      await replayInbox(db, copy, tenantId, () => NOW)
      expect(await hashOf(copy, tenantId)).toBe(hash)
      expect(await sweep(copy, tenantId, ERASED)).toEqual([])
      const rowsOf = (of: Database) =>
        of.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
          tx.account.findMany({
            select: { id: true, name: true, attributes: true, erasedAt: true, region: true },
            orderBy: { id: 'asc' },
          }),
        )
      expect(await rowsOf(copy)).toEqual(await rowsOf(db))
    } finally {
      await copy.close()
    }
  })

  it('facts that are held in memory, of now and of an instant, no longer name it', async () => {
    const db = await open()
    const { tenantId } = await heldEverywhere(db, 'acme-saas', { erased: ERASED, other: OTHER })
    const cache = createFactsCache({ database: db, now: () => new Date(Date.now() + 600_000), checkEveryMs: 0 })
    const asOf = new Date()
    const namesOf = async () => {
      const today = await cache.current(tenantId)
      const stores = [await cache.read({ tenantId }), await cache.readAsOf({ tenantId }, asOf, today)]
      return stores.map(({ accounts }) => accounts.names.filter((name) => name.includes(ERASED)).length)
    }
    expect(await namesOf()).toEqual([2, 2])
    await eraseAccount(db, { tenantId, by: 'key:k', now: NOW }, 'zed')
    expect(await namesOf()).toEqual([0, 0])
  })

  it('leaves a trace that tells nothing of it, and asks for an account that is there', async () => {
    const db = await open()
    const { tenantId } = await heldEverywhere(db, 'acme-saas', { erased: ERASED, other: OTHER })
    const change = { tenantId, by: 'key:k', now: NOW }
    await expect(eraseAccount(db, change, 'nobody')).rejects.toThrow('"nobody" is not an account of this tenant.')
    await eraseAccount(db, change, 'zed')
    const entries = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.auditEntry.findMany({
        where: { action: 'ACCOUNT_ERASED' },
        select: { by: true, subject: true, detail: true },
        orderBy: { id: 'asc' },
      }),
    )
    const detail = { deliveries: expect.any(Number) }
    expect(entries).toEqual(['stripe:twin', 'stripe:zed'].map((subject) => ({ by: 'key:k', subject, detail })))
  })
})
