import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { exportArchive } from '../archive/export-archive.ts'
import { restoreArchive } from '../archive/restore-archive.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { accept } from './accept.ts'
import { writeFiles } from './files/testing/import-text.ts'
import { importRates } from './import-rates.ts'
import { listRates } from './list-rates.ts'
import { readRatesFile } from './rates-file.ts'
import { replayInbox } from './replay-inbox.ts'

const RULES = { reporting: 'JPY', today: '2026-11-22' }
const clock = () => new Date('2026-11-22T00:00:00Z')

async function importText(db: Database, text: string, tenantId = 'acme-saas') {
  const directory = await writeFiles({ 'rates.csv': text })
  return importRates(db, { tenantId, clock }, await readRatesFile(join(directory, 'rates.csv'), RULES))
}

const counting = (db: Database, tenantId = 'acme-saas') =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) =>
    (await listRates(tx, tenantId, { currency: null, limit: 100 })).map(
      ({ day, currency, rate, per }) => `${day} ${per} ${currency} = ${rate}`,
    ),
  )

const JANUARY = 'date,currency,rate,base\n2024-01-31,USD,147.50,\n2024-01-31,KWD,0.00209,JPY\n'

eachDatabase((open) => {
  it('a file of rates counts once, and a corrected rate wins, also one that returns to an earlier value', async () => {
    const db = await open()
    await aTenant(db, { currency: 'JPY' })
    expect(await importText(db, JANUARY)).toEqual({ rows: 2, new: 2, changed: 0, unchanged: 0 })
    expect(await importText(db, JANUARY)).toEqual({ rows: 2, new: 0, changed: 0, unchanged: 2 })
    const first = ['2024-01-31 0.00209 KWD = 1', '2024-01-31 1 USD = 147.5']
    expect(await counting(db)).toEqual(first)
    const corrected = 'date,currency,rate\n2024-01-31,USD,148\n'
    expect(await importText(db, corrected)).toEqual({ rows: 1, new: 0, changed: 1, unchanged: 0 })
    expect(await counting(db)).toEqual(['2024-01-31 0.00209 KWD = 1', '2024-01-31 1 USD = 148'])
    expect(await importText(db, JANUARY)).toEqual({ rows: 2, new: 0, changed: 1, unchanged: 1 })
    expect(await counting(db)).toEqual(first)
    const rows = await db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, (tx) => tx.inbox.count())
    expect(rows).toBe(4)
  })

  it('a bad row is told by file, line, column and value, and nothing of the file counts', async () => {
    const db = await open()
    await aTenant(db, { currency: 'JPY' })
    const bad = `${JANUARY}2024-02-31,EUR,160,\n2024-02-29,EUR,zero,\n2024-02-29,USD,1.08,EUR\n`
    await expect(importText(db, bad)).rejects.toThrow(
      [
        'rates.csv:4: column date "2024-02-31": expected a date such as 2024-12-31 (YYYY-MM-DD, YYYY/M/D, DD.MM.YYYY)',
        'rates.csv:5: column rate "zero": expected a number above 0 such as 1.0842, with at most 15 digits on either side of the point',
        'rates.csv:6: column base "EUR": expected JPY, or a currency that the file sets against JPY on 2024-02-29 too',
        'Nothing was imported.',
      ].join('\n'),
    )
    await expect(importText(db, 'day,currency,rate\n')).rejects.toThrow(
      'rates.csv has no column "date". It has "day", "currency", "rate".',
    )
    expect(await counting(db)).toEqual([])
  })

  it('a replay of the inbox and an archive give the same rates', async () => {
    const db = await open()
    await aTenant(db, { currency: 'JPY' })
    await importText(db, JANUARY)
    await importText(db, 'date,currency,rate\n2024-01-31,USD,148\n')
    const other = await open()
    await replayInbox(db, other, 'acme-saas', clock)
    expect(await counting(other)).toEqual(await counting(db))
    const path = join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'acme.gz')
    await exportArchive(db, { tenantId: 'acme-saas', clock }, path)
    await restoreArchive(db, path, { as: 'copy' })
    expect(await counting(db, 'copy')).toEqual(await counting(db))
  })

  it('a rate that is none is kept with the reason and stops nobody', async () => {
    const db = await open()
    const context = await aTenant(db, { currency: 'JPY' })
    const at = '2024-01-31T00:00:00.000Z'
    const delivery = (rate: string) => ({
      externalId: `r-${rate}`,
      kind: 'rates',
      raw: Buffer.from(rate),
      eventTime: at,
      account: null,
      events: [{ type: 'rate' as const, currency: 'USD', day: '2024-01-31', rate, per: '1', at }],
    })
    const outcomes = await accept(db, context, [delivery('0'), delivery('147')])
    expect(outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['IGNORED', 'stripe: rate 0 of USD on 2024-01-31; accepted: a decimal above zero.'],
      ['POSTED', undefined],
    ])
    expect(await counting(db)).toEqual(['2024-01-31 1 USD = 147'])
  })
})
