import { describe, expect, it } from 'vitest'
import { verify } from '../../ledger/verify.ts'
import { eachDatabase } from '../../testing/db.ts'
import { createTenant, importText } from './testing/import-text.ts'
import { changes, see } from './testing/sample.ts'

const HEADER = 'subscription,account,start,end,plan,amount,currency,meter,unitPrice,included,minimum,aggregation\n'
const subscriptions = (...rows: string[]) => ({ 'subscriptions.csv': HEADER + rows.map((row) => `${row}\n`).join('') })
const usage = (...rows: string[]) => ({
  'usage.csv': `subscription,metric,day,quantity\n${rows.map((row) => `${row}\n`).join('')}`,
})
const accounts = { 'accounts.csv': 'account\nA-1\nA-2\n' }

eachDatabase((open) => {
  describe('a row that names a metric is priced by its usage', () => {
    it('a fee with units included, what is beyond them, and a plain price per unit', async () => {
      const db = await open()
      await createTenant(db)
      const files = {
        ...accounts,
        ...subscriptions(
          'S-1,A-1,2024-01-10,,API,50.00,USD,calls,0.02,1000,,',
          'S-2,A-2,2024-01-10,,Storage,0,USD,gigabytes,0.5,,,max',
        ),
        ...usage(
          ...['S-1,calls,2024-01-15,400', 'S-1,calls,2024-01-31,1600', 'S-1,calls,2024-02-29,900'],
          ...['S-2,gigabytes,2024-01-10,70', 'S-2,gigabytes,2024-01-31,60'],
        ),
      }
      expect(await importText(db, files)).toMatchObject({ outcome: 'IMPORTED' })
      expect(await changes(db)).toEqual([
        'csv:A-1 2024-01-10 5000',
        'csv:A-1 2024-02-01 2000',
        'csv:A-1 2024-03-01 -1000',
        'csv:A-2 2024-02-01 3500',
      ])
      const lines = await see(db, (tx) =>
        tx.ledgerLine.findMany({ orderBy: [{ accountId: 'asc' }, { effectiveDay: 'asc' }] }),
      )
      expect(lines.map(({ strategy, seats }) => `${strategy} ${seats}`)).toEqual([
        ...['CROSS_SELL 0', 'USAGE 0', 'USAGE 0', 'USAGE 0'],
      ])
      expect(await importText(db, files)).toMatchObject({ outcome: 'NOTHING_NEW' })
      expect((await verify(db, 'acme', new Date('2024-06-01'))).checks.flatMap(({ problems }) => problems)).toEqual([])
    })

    it('usage in a later file moves closings from its month on', async () => {
      const db = await open()
      await createTenant(db)
      await importText(db, {
        ...accounts,
        ...subscriptions('S-1,A-1,2024-01-10,,API,0,USD,calls,1,,,', 'S-2,A-2,2024-01-10,,API,0,USD,calls,1,,200,'),
        ...usage('S-1,calls,2024-01-31,300', 'S-2,calls,2024-02-29,500'),
      })
      const before = await changes(db)
      expect(before).toEqual([
        ...['csv:A-1 2024-02-01 30000', 'csv:A-1 2024-03-01 -15000'],
        ...['csv:A-2 2024-01-10 20000', 'csv:A-2 2024-03-01 15000'],
      ])
      await importText(db, { ...usage('S-1,calls,2024-02-20,900') })
      expect(await changes(db)).toEqual([before[0], 'csv:A-1 2024-03-01 30000', ...before.slice(2)])
      expect((await verify(db, 'acme', new Date('2024-06-01'))).ok).toBe(true)
    })

    it.each([
      ['S-1,A-1,2024-01-10,,API,0,USD,calls,,,,', 'unitPrice', 'a price per unit, since the row has meter'],
      ['S-1,A-1,2024-01-10,,API,0,USD,,0.02,,,', 'meter', 'a metric, since the row has unitPrice'],
      ['S-1,A-1,2024-01-10,,API,0,USD,calls,0.02,,,mean', 'aggregation', 'sum, count, last, last_ever, max, counter'],
    ])('%s is refused', async (row, column, expected) => {
      const db = await open()
      await createTenant(db)
      const report = await importText(db, { ...accounts, ...subscriptions(row) })
      expect(report).toMatchObject({ outcome: 'REFUSED', problems: [{ column, expected }] })
    })
  })
})
