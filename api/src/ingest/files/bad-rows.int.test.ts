import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../../testing/db.ts'
import { describeReport } from './describe-report.ts'
import { createTenant, importDirectory, importText, writeFiles } from './testing/import-text.ts'
import { ALL, changes, HEADER, nothing, SUBSCRIPTIONS, USAGE } from './testing/sample.ts'

eachDatabase((open) => {
  const openTenant = async () => {
    const db = await open()
    await createTenant(db)
    return db
  }

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
})
