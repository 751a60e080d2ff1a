import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { ledgerHash } from '../../ledger/hash.ts'
import { verify } from '../../ledger/verify.ts'
import { eachDatabase } from '../../testing/db.ts'
import { replayInbox } from '../replay-inbox.ts'
import { describeReport } from './describe-report.ts'
import { importExport } from './import-export.ts'
import { findExport } from './read-export.ts'
import { createTenant, writeFiles } from './testing/import-text.ts'
import { changes, nothing, see } from './testing/sample.ts'

const sample = (form: string) => fileURLToPath(new URL(`../sources/chartmogul/sample/${form}`, import.meta.url))
const clock = () => new Date('2026-11-22T00:00:00Z')

async function importFrom(db: Database, path: string, acceptValid: false | { rejectsPath: null } = false) {
  const { files, unreadFiles } = await findExport(path)
  const target = { tenantId: 'acme', source: 'chartmogul', through: null, dryRun: false, acceptValid, unreadFiles }
  return importExport({ db, clock }, target, files)
}
const hashOf = (db: Database) => see(db, (tx) => ledgerHash(tx, 'acme'))

eachDatabase((open) => {
  it('an export in either form gives the same ledger, verifies, replays, and adds nothing the second time', async () => {
    const db = await open()
    await createTenant(db, 'acme', 'UTC')
    const first = await importFrom(db, sample('json'))
    expect([first.outcome, first.problems]).toEqual(['IMPORTED', []])
    expect(await changes(db)).toEqual([
      'chartmogul:acme 2024-01-10 10000',
      'chartmogul:acme 2024-02-24 5000',
      'chartmogul:acme 2024-03-10 75000',
      'chartmogul:acme 2024-06-10 -90000',
      'chartmogul:bolt 2024-02-01 10000',
    ])
    const charges = await see(db, (tx) =>
      tx.observation.findMany({ select: { kind: true, name: true, amountMinor: true } }),
    )
    expect(charges).toEqual([{ kind: 'INVOICE_LINE', name: 'Set-up', amountMinor: 25_000n }])
    const hash = await hashOf(db)
    for (const form of ['json', 'csv']) {
      expect(await importFrom(db, sample(form))).toMatchObject({ outcome: 'NOTHING_NEW', problems: [] })
      expect(await hashOf(db)).toBe(hash)
    }
    const proof = await verify(db, 'acme', clock())
    expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
    const copy = await open()
    await replayInbox(db, copy, 'acme', clock)
    expect(await hashOf(copy)).toBe(hash)
  })

  it('what cannot be read refuses all of it, with its place', async () => {
    const db = await open()
    await createTenant(db, 'acme', 'UTC')
    const read = (name: string) => readFile(`${sample('csv')}/${name}`, 'utf8')
    const sound = {
      'customers.csv': await read('customers.csv'),
      'plans.csv': await read('plans.csv'),
      'invoices.csv': await read('invoices.csv'),
    }
    const lines = await read('invoice_line_items.csv')
    const cases: [Record<string, string | Buffer>, string][] = [
      [{ 'invoice_line_items.csv': lines.replace('120000', '1,2') }, 'invoice_line_items.csv:7: '],
      [
        { 'invoice_line_items.csv': lines.replace('120000', '12OO') },
        'column amount_in_cents "12OO": expected a whole number of cents',
      ],
      [{ 'plans.json': '{"plans": [' }, 'plans.json: '],
      [{ 'plans.json': `${'['.repeat(40)}${']'.repeat(40)}` }, 'expected at most 32 nested levels'],
      [{ 'plans.json': '{"plan": []}' }, 'expected a list, or an object with "plans" or "entries"'],
      [{ 'plans.json': Buffer.from([0x22, 0xff, 0x22]) }, 'expected UTF-8 text'],
    ]
    for (const [bad, message] of cases) {
      const report = await importFrom(db, await writeFiles({ ...sound, 'invoice_line_items.csv': lines, ...bad }))
      expect(report.outcome).toBe('REFUSED')
      expect(describeReport(report)).toContain(message)
      expect(await nothing(db)).toEqual([0, 0, 0, 0])
    }
    const [mended] = cases
    const partial = await importFrom(db, await writeFiles({ ...sound, ...mended?.[0], 'notes.csv': 'a\n' }), {
      rejectsPath: null,
    })
    expect([partial.outcome, partial.problemCount, partial.unreadFiles]).toEqual(['IMPORTED', 1, ['notes.csv']])
    expect(await changes(db)).toHaveLength(3)
  })
})
