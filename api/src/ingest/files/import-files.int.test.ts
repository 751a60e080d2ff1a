import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../../testing/db.ts'
import { parseMapping } from '../sources/csv/mapping.ts'
import { describeReport } from './describe-report.ts'
import { createTenant, importText } from './testing/import-text.ts'
import { ACCOUNTS, ALL, changes, nothing, SUBSCRIPTIONS, see } from './testing/sample.ts'

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

    it('tells the catalogue when the mapping places a plan otherwise, though no row changed', async () => {
      const db = await openTenant()
      const columns = {
        subscription: 'subscription',
        account: 'account',
        start: 'start',
        amount: 'amount',
        currency: 'currency',
        plan: 'plan',
      }
      const ranked = (pro: number) =>
        parseMapping(
          {
            name: 'crm',
            subscriptions: { file: 'subscriptions.csv', columns, plans: { Basic: { rank: 1 }, Pro: { rank: pro } } },
          },
          'crm.json',
        )
      expect(await importText(db, ALL, { mapping: ranked(2) })).toMatchObject({
        outcome: 'IMPORTED',
        catalogueChanges: 3,
      })
      expect(await importText(db, ALL, { mapping: ranked(2) })).toMatchObject({
        outcome: 'NOTHING_NEW',
        catalogueChanges: 0,
      })
      expect(await importText(db, ALL, { mapping: ranked(5) })).toMatchObject({
        outcome: 'IMPORTED',
        catalogueChanges: 1,
        total: { unchanged: 2, changed: 0 },
      })
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
