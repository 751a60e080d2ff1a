import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../../testing/db.ts'
import { parseMapping } from '../sources/csv/mapping.ts'
import { describeReport } from './describe-report.ts'
import { createTenant, importDirectory, importText, writeFiles } from './testing/import-text.ts'

const ACCOUNTS = 'account,name,region\nA-1,Acme,JP\nA-2,Bolt,US\n'
const HEADER = 'subscription,account,start,end,plan,seats,amount,currency,trial\n'
const SUBSCRIPTIONS = `${HEADER}S-1,A-1,2024-01-10,,Pro,3,100,USD,False\nS-2,A-2,2024-02-10,2024-05-10,Basic,1,10.50,USD,False\n`
const USAGE =
  'usage,subscription,metric,day,quantity\nU-1,S-1,calls,2024-03-01,5\nU-1,S-2,calls,2024-03-01,7\nU-1,S-1,calls,2024-03-01,5\n'
const ALL = { 'accounts.csv': ACCOUNTS, 'subscriptions.csv': SUBSCRIPTIONS, 'usage.csv': USAGE }

const see = <T>(db: Database, query: Parameters<typeof db.withTenant<T>>[1]) =>
  db.withTenant({ tenantId: 'acme', viewer: 'TENANT' }, query)
const changes = (db: Database) =>
  see(db, async (tx) => {
    const rows = await tx.accountChange.groupBy({
      by: ['accountId', 'day'],
      _sum: { amountMinor: true },
      orderBy: [{ accountId: 'asc' }, { day: 'asc' }],
    })
    return rows.map((row) => `${row.accountId} ${row.day.toISOString().slice(0, 10)} ${row._sum.amountMinor}`)
  })
const nothing = (db: Database) =>
  see(db, async (tx) => [
    await tx.inbox.count(),
    await tx.account.count(),
    await tx.usageRecord.count(),
    await tx.source.count(),
  ])

eachDatabase((open) => {
  const openTenant = async () => {
    const db = await open()
    await createTenant(db)
    return db
  }

  describe('an import', () => {
    it('brings accounts, their levels from local midnight on, and usage', async () => {
      const db = await openTenant()
      const report = await importText(db, ALL)
      expect(report.files.map(({ file, rows, new: fresh, unchanged }) => [file, rows, fresh, unchanged])).toEqual([
        ['accounts.csv', 2, 2, 0],
        ['subscriptions.csv', 2, 2, 0],
        ['usage.csv', 3, 2, 1],
      ])
      expect(await changes(db)).toEqual([
        'csv:A-1 2024-01-10 10000',
        'csv:A-2 2024-02-10 1050',
        'csv:A-2 2024-05-10 -1050',
      ])
      const [usage, source] = await see(db, async (tx) => [
        await tx.usageRecord.findMany({ orderBy: { quantity: 'asc' } }),
        await tx.source.findFirst(),
      ])
      expect(usage.map(({ accountId, quantity }) => [accountId, quantity.toString()])).toEqual([
        ['csv:A-1', '5'],
        ['csv:A-2', '7'],
      ])
      expect(source).toMatchObject({
        name: 'csv',
        kind: 'CSV',
        through: null,
        lastEventAt: new Date('2024-05-09T15:00:00Z'),
      })
    })

    it('made dry writes nothing and says what it would do', async () => {
      const db = await openTenant()
      const report = await importText(db, ALL, { dryRun: true })
      expect(report).toMatchObject({ outcome: 'IMPORTED', dryRun: true, total: { new: 6, unchanged: 1 } })
      expect(await nothing(db)).toEqual([0, 0, 0, 0])
      expect(describeReport(report)).toContain(
        'Dry run: nothing was written.\nWould import into tenant acme from source csv: 6 new, 1 unchanged.',
      )
    })

    it('declares how far the source is complete, even when nothing is new', async () => {
      const db = await openTenant()
      await importText(db, ALL)
      expect(await importText(db, ALL, { through: '2024-06-30' })).toMatchObject({
        outcome: 'NOTHING_NEW',
        through: '2024-06-30',
      })
      expect((await see(db, (tx) => tx.source.findFirst()))?.through).toEqual(new Date('2024-06-30'))
    })

    it('reads accounts, subscriptions and usage in files of their own, one after the other', async () => {
      const db = await openTenant()
      for (const [name, text] of Object.entries(ALL)) {
        expect(await importText(db, { [name]: text })).toMatchObject({ outcome: 'IMPORTED', problemCount: 0 })
      }
      expect(await changes(db)).toHaveLength(3)
    })
  })

  describe('a later import', () => {
    it('replaces what a row said before, back and forth, and the ledger follows', async () => {
      const db = await openTenant()
      await importText(db, ALL)
      const before = await changes(db)
      const dearer = { ...ALL, 'subscriptions.csv': SUBSCRIPTIONS.replace(',100,', ',120,') }
      // The clock stands still: later imports count all the same.
      expect(await importText(db, dearer)).toMatchObject({ total: { new: 0, changed: 1, unchanged: 6 } })
      expect((await changes(db))[0]).toBe('csv:A-1 2024-01-10 12000')
      expect(await importText(db, ALL)).toMatchObject({ total: { new: 0, changed: 1, unchanged: 6 } })
      expect(await changes(db)).toEqual(before)
      expect(await importText(db, ALL)).toMatchObject({ outcome: 'NOTHING_NEW' })
      expect(await importText(db, dearer)).toMatchObject({ total: { changed: 1 } })
      expect(await importText(db, ALL)).toMatchObject({ total: { changed: 1 } })
      expect(await changes(db)).toEqual(before)
    })

    it('renames accounts', async () => {
      const db = await openTenant()
      await importText(db, ALL)
      await importText(db, { 'accounts.csv': ACCOUNTS.replace('Acme', 'Apex') })
      await importText(db, { 'accounts.csv': ACCOUNTS })
      await importText(db, { 'accounts.csv': ACCOUNTS.replace('Acme', 'Apex') })
      expect((await see(db, (tx) => tx.account.findFirst({ where: { externalId: 'A-1' } })))?.name).toBe('Apex')
    })

    it('moves a subscription to another account, and back', async () => {
      const db = await openTenant()
      await importText(db, ALL)
      const before = await changes(db)
      await importText(db, { ...ALL, 'subscriptions.csv': SUBSCRIPTIONS.replace('S-1,A-1', 'S-1,A-2') })
      expect(await changes(db)).toEqual([
        'csv:A-2 2024-01-10 10000',
        'csv:A-2 2024-02-10 1050',
        'csv:A-2 2024-05-10 -1050',
      ])
      await importText(db, ALL)
      expect(await changes(db)).toEqual(before)
    })

    it('finds the same in other spellings', async () => {
      const db = await openTenant()
      await importText(db, ALL)
      const resaved = {
        ...ALL,
        'subscriptions.csv': SUBSCRIPTIONS.replaceAll('\n', '\r\n')
          .replaceAll('False', 'FALSE')
          .replace('2024-01-10', '2024-01-10 00:00:00')
          .replace('10.50', '10.5'),
      }
      expect(await importText(db, resaved)).toMatchObject({ outcome: 'NOTHING_NEW' })
    })
  })

  describe('bad rows', () => {
    const BAD = `${SUBSCRIPTIONS}"S-3\nx",A-1,2024-01-10,,Pro,3,100,USD,False\nS-4,A-9,2024-13-01,,Pro,3,100,USD,False\nS-5,A-9,2024-01-01,,Pro,3,100,USD,False\nS-6,A-1,2024-02-01,2024-01-01,Pro,1,1,USD,False\nS-1,A-1,2024-01-10,,Pro,4,100,USD,False\n`

    it('refuse everything, each with file, line, column, value and what was expected', async () => {
      const db = await openTenant()
      const report = await importText(db, {
        ...ALL,
        'subscriptions.csv': BAD,
        'usage.csv': `${USAGE}U-2,S-9,calls,2024-03-01,1\nU-3,,calls,2024-03-01,1\n`,
      })
      expect(report).toMatchObject({ outcome: 'REFUSED', problemCount: 7, total: { rejected: 7 } })
      expect(await nothing(db)).toEqual([0, 0, 0, 0])
      expect(describeReport(report).split('\n').slice(4)).toEqual([
        'subscriptions.csv:4: column subscription "S-3\\nx": expected at most 200 characters on one line, without control characters',
        'subscriptions.csv:6: column start "2024-13-01": expected a date such as 2024-12-31 (YYYY-MM-DD, YYYY/M/D, DD.MM.YYYY)',
        'subscriptions.csv:7: column account "A-9": expected an account of the accounts file, or one imported before',
        'subscriptions.csv:8: column end "2024-01-01": expected a day on or after the start, 2024-02-01',
        'subscriptions.csv:9: "S-1": expected one row for each id: duplicate id, first on line 2 of subscriptions.csv, with other values',
        'usage.csv:5: column subscription "S-9": expected a subscription of the subscriptions file, or one imported before',
        'usage.csv:6: expected an account or a subscription',
        '',
        'Nothing was imported: 7 problems. Correct the files and run the command again, or add --accept-valid: it imports the other rows and writes these to a file.',
      ])
    })

    it('are set aside, as they were, when the sound ones are to be accepted', async () => {
      const db = await openTenant()
      const directory = await writeFiles({ ...ALL, 'subscriptions.csv': BAD })
      const report = await importDirectory(db, directory, {
        acceptValid: { rejectsPath: ({ path }) => path.replace('.csv', '.rejects.csv') },
      })
      expect(report).toMatchObject({ outcome: 'IMPORTED', total: { new: 6, unchanged: 1, rejected: 5 } })
      const rejects = await readFile(join(directory, 'subscriptions.rejects.csv'), 'utf8')
      expect(rejects).toContain(`nobishiro_problem,${HEADER}`)
      expect(rejects).toContain(
        'expected a day on or after the start, 2024-02-01",S-6,A-1,2024-02-01,2024-01-01,Pro,1,1,USD,False\n',
      )
      expect(await changes(db)).toHaveLength(3)
      // Mended, the file of rejects is imported like any other.
      const mended = rejects
        .replace('\nx"', '"')
        .replaceAll('2024-13-01', '2024-12-01')
        .replaceAll('A-9', 'A-2')
        .replace('2024-01-01,Pro,1,1', ',Pro,1,1')
        .replace(/.*S-1,.*\n/, '')
      expect(await importText(db, { 'subscriptions.csv': mended })).toMatchObject({
        outcome: 'IMPORTED',
        total: { new: 4, rejected: 0 },
      })
    })

    it('a file that lacks a column refuses the import whatever is accepted', async () => {
      const db = await openTenant()
      const report = await importText(
        db,
        { ...ALL, 'usage.csv': 'usage,metric\n' },
        { acceptValid: { rejectsPath: () => '/dev/null' } },
      )
      expect(report).toMatchObject({ outcome: 'REFUSED', problemCount: 2 })
      expect(await nothing(db)).toEqual([0, 0, 0, 0])
    })

    it('are counted beyond what is shown', async () => {
      const db = await openTenant()
      const report = await importText(db, { 'accounts.csv': `account,region\n${'A-1,JP\nA-1,US\n'.repeat(1500)}` })
      expect(report).toMatchObject({ outcome: 'REFUSED', problemCount: 1500 })
      expect(report.problems).toHaveLength(1000)
      expect(describeReport(report)).toContain('… and 1,480 more')
    })
  })

  describe('the target', () => {
    it('must be there and be of files', async () => {
      const db = await openTenant()
      await see(db, (tx) => tx.source.create({ data: { tenantId: 'acme', name: 'billing', kind: 'STRIPE' } }))
      await expect(importText(db, ALL, { source: 'billing' })).rejects.toThrow(
        'The source "billing" is connected to STRIPE. Give the files another name with --source.',
      )
      await expect(importText(db, ALL, { tenantId: 'nobody' })).rejects.toThrow('There is no tenant "nobody".')
    })

    it('gets accounts from their subscriptions where the mapping has no accounts file', async () => {
      const db = await openTenant()
      const columns = {
        subscription: 'subscription',
        account: 'account',
        start: 'start',
        amount: 'amount',
        currency: 'currency',
      }
      const mapping = parseMapping({ name: 'crm', subscriptions: { file: 'subscriptions.csv', columns } }, 'crm.json')
      await importText(db, ALL, { mapping })
      expect(
        (await see(db, (tx) => tx.account.findMany({ orderBy: { id: 'asc' } }))).map(({ id, name }) => [id, name]),
      ).toEqual([
        ['crm:A-1', 'A-1'],
        ['crm:A-2', 'A-2'],
      ])
    })
  })
})
