import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { setTenant } from '../access/tenants.ts'
import { accept } from '../ingest/accept.ts'
import type { PriceEvent } from '../ingest/event.ts'
import { resolveConflict } from '../ingest/resolve-conflict.ts'
import { closeMonth } from '../ledger/close-month.ts'
import { verify } from '../ledger/verify.ts'
import { readSegments } from '../segments/read-segments.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { exportArchive } from './export-archive.ts'
import { restoreArchive } from './restore-archive.ts'

const basic = anItem('basic', 10, aPrice('1000'))
const pro = anItem('pro', 50, aPrice('1800'))
const JANUARY = '2024-01-10T00:00:00.000Z'
const MARCH = '2024-03-10T00:00:00.000Z'

const confirmed = (plan: string, cents: string, rank: number): PriceEvent => ({
  type: 'price',
  price: `price_${plan}_${cents}`,
  product: plan,
  at: JANUARY,
  pricing: aPrice(cents),
  mapping: { product: 'CRM', plan, rank, kind: 'LICENCE' },
})

/** A tenant with a catalogue that was confirmed, two sources, something ignored and a conflict that was resolved. */
async function aHistory(db: Database) {
  const context = await aTenant(db, { timeZone: 'Asia/Tokyo' })
  const { tenantId } = context
  await setTenant(db, tenantId, { fiscalYearStart: 4 })
  await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.create({
      data: {
        tenantId,
        name: 'file',
        kind: 'CSV',
        through: new Date('2024-04-30'),
        secret: Buffer.from('sealed-secret'),
      },
    }),
  )
  const price = delivered('p1', confirmed('basic', '1000', 1), confirmed('pro', '1800', 2))
  await accept(db, { ...context, source: 'file' }, [
    price,
    delivered('f1', anAccount('bolt', JANUARY, { name: 'ボルト' })),
    delivered('f2', aSubscription({ at: JANUARY, account: 'bolt', subscription: 's', items: [pro] })),
  ])
  await accept(db, context, [
    delivered('e1', aSubscription({ at: JANUARY, items: [basic] })),
    delivered('e2', aSubscription({ at: MARCH, items: [pro] })),
    { ...delivered('i1'), ignored: 'not counted' },
  ])
  await accept(db, context, [delivered('e2', aSubscription({ at: MARCH, items: [basic, { ...pro, item: 'si_2' }] }))])
  await resolveConflict(db, context, { source: 'stripe', externalId: 'e2', keep: 'second', reason: 'asked' })
  await closeMonth(db, { tenantId, now: new Date('2024-06-01') }, { month: '2024-03', reason: 'board' })
  await saveSegment(db, { tenantId, now: new Date('2024-06-02') }, { name: 'Large', rule: { mrr: { min: '100' } } })
  return context
}

const newFile = async () => join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'tenant.ndjson.gz')

eachDatabase((open) => {
  it('a tenant restored under another id has the same ledger, verifies, and archives to the same records', async () => {
    const db = await open()
    const context = await aHistory(db)
    const [file, again] = [await newFile(), await newFile()]
    const manifest = await exportArchive(db, context, file)
    expect(manifest.counts).toEqual({ source: 2, mapping: 2, inbox: 9, conflict: 1 })
    expect(gunzipSync(await readFile(file)).toString()).not.toContain('secret')

    const restored = await restoreArchive(db, file, { as: 'a-copy' })
    expect(restored).toMatchObject({ tenantId: 'a-copy', ledgerHash: manifest.ledgerHash })
    const proof = await verify(db, 'a-copy', new Date('2024-07-01'))
    expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
    expect(proof.hash).toBe((await verify(db, context.tenantId, new Date('2024-07-01'))).hash)

    const closed = await db.withTenant({ tenantId: 'a-copy', viewer: 'TENANT' }, async (tx) => ({
      closes: await tx.monthClose.findMany({ where: { by: 'PERSON' }, select: { month: true, reason: true } }),
      late: await tx.lateLine.count(),
      segments: (await readSegments(tx, 'a-copy')).map(({ name, rule }) => ({ name, rule })),
      tenant: await tx.tenant.findUnique({
        where: { id: 'a-copy' },
        select: { timeZone: true, fiscalYearStart: true },
      }),
    }))
    expect(closed).toEqual({
      closes: [{ month: new Date('2024-03-01'), reason: 'board' }],
      late: 0,
      segments: [{ name: 'Large', rule: { mrr: { min: '100' } } }],
      tenant: { timeZone: 'Asia/Tokyo', fiscalYearStart: 4 },
    })

    await exportArchive(db, { ...context, tenantId: 'a-copy' }, again)
    const records = async (path: string) =>
      gunzipSync(await readFile(path))
        .toString()
        .split('\n')
        .slice(1)
    expect(await records(again)).toEqual(await records(file))
  })

  it('an archive of version 1 is of a tenant with calendar years, and of bodies as received', async () => {
    const db = await open()
    const file = await newFile()
    await exportArchive(db, await aHistory(db), file)
    const text = gunzipSync(await readFile(file)).toString()
    const settings = ',"fiscalYearStart":4,"rawKeptDays":null'
    expect(text).toContain(settings)
    const first = text.replace('"formatVersion":3', '"formatVersion":1').replace(settings, '')
    const old = first.replaceAll(',"reducedAt":null', '')
    expect(old.length).toBe(first.length - 10 * ',"reducedAt":null'.length)
    await writeFile(file, gzipSync(old))
    await restoreArchive(db, file, { as: 'a-copy' })
    const restored = await db.withTenant({ tenantId: 'a-copy', viewer: 'TENANT' }, (tx) => tx.tenant.findFirst())
    expect(restored?.fiscalYearStart).toBe(1)
  })

  it('goes into an empty tenant only, and never over a file', async () => {
    const db = await open()
    const context = await aHistory(db)
    const file = await newFile()
    await exportArchive(db, context, file)
    await expect(exportArchive(db, context, file)).rejects.toThrow('exists already')
    await expect(restoreArchive(db, file, { as: undefined })).rejects.toThrow('"acme-saas" is not empty')
    const missing = join(file, '..', 'missing')
    await expect(restoreArchive(db, missing, { as: 'a-copy' })).rejects.toThrow('cannot be read')
    await expect(exportArchive(db, { ...context, tenantId: 'nobody' }, missing)).rejects.toThrow()
    expect(await readdir(join(file, '..'))).toEqual(['tenant.ndjson.gz'])
  })

  it('an archive that was changed, cut off or promises another ledger leaves nothing', async () => {
    const db = await open()
    const context = await aHistory(db)
    const file = await newFile()
    await exportArchive(db, context, file)
    const bytes = await readFile(file)
    const text = gunzipSync(bytes).toString()
    const { ledgerHash } = JSON.parse(text.split('\n')[0] ?? '') as { ledgerHash: string }
    const lines = text.trimEnd().split('\n')
    const cases: [Buffer, string][] = [
      [bytes.subarray(0, bytes.length - 20), 'cut off'],
      [gzipSync(`${lines.slice(0, -1).join('\n')}\n`), 'the last record is missing'],
      [gzipSync([...lines.slice(0, -2), lines.at(-1)].join('\n')), 'promises 1 records of type conflict, found 0'],
      [gzipSync(text.replace(ledgerHash, '0'.repeat(64))), 'The archive gives another ledger'],
      [gzipSync(text.replace('"raw":"', '"raw":"AAAA')), 'does not fit its SHA-256'],
      [gzipSync(text.replace('"formatVersion":3', '"formatVersion":4')), 'line 1: formatVersion'],
      [gzipSync(text.replace('"fiscalYearStart":4', '"fiscalYearStart":13')), 'line 1: tenant.fiscalYearStart'],
      [gzipSync(text.replace('"kind":"CSV"', '"kind":7')), 'line 2: kind'],
      [gzipSync('no archive\n'), 'line 1: expected a JSON object'],
    ]
    for (const [changed, message] of cases) {
      await writeFile(file, changed)
      await expect(restoreArchive(db, file, { as: 'a-copy' }), message).rejects.toThrow(message)
    }
    expect((await db.tenants()).map(({ id }) => id)).toEqual(['acme-saas'])
  })
})
