import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ledgerHash } from '../../ledger/hash.ts'
import { verify } from '../../ledger/verify.ts'
import { eachDatabase } from '../../testing/db.ts'
import { describeReport } from './describe-report.ts'
import { createTenant, importDirectory, importText } from './testing/import-text.ts'
import { changes, see } from './testing/sample.ts'

const directory = (name: string) => fileURLToPath(new URL(`testing/exports/${name}`, import.meta.url))

/** What the account changes by, day by day, in the tenant's time zone (UTC). */
const EXPECTED: Record<string, { changes: string[]; unread: string[] }> = {
  chargebee: {
    changes: [
      // On trial until the 24th; 180.00 a month from then on.
      'chargebee:cus-1 2024-01-24 18000',
      // 600.00 a year; then 90.00 every three months, paused in June; the first ends when it was not renewed.
      'chargebee:cus-2 2024-02-05 5000',
      'chargebee:cus-2 2024-03-01 3000',
      'chargebee:cus-2 2024-06-01 -3000',
      'chargebee:cus-2 2025-02-05 -5000',
    ],
    unread: ['customers.first_name', 'subscriptions.plan_unit_price'],
  },
  recurly: {
    changes: [
      'recurly:acme 2024-01-10 10000',
      'recurly:acme 2024-03-10 80000',
      'recurly:bolt 2024-02-05 10000',
      'recurly:bolt 2025-02-05 -10000',
    ],
    unread: ['account_email', 'version_subscription_unit_amount'],
  },
  baremetrics: {
    changes: [
      'baremetrics:customer_1 2024-01-10 10000',
      'baremetrics:customer_1 2024-03-01 5000',
      'baremetrics:customer_1 2024-05-04 -10000',
    ],
    unread: ['customer_email', 'plan_oid'],
  },
}

eachDatabase((open) => {
  describe.each(Object.entries(EXPECTED))('an export of %s', (mapping, expected) => {
    it('imports, verifies, and adds nothing the second time', async () => {
      const db = await open()
      await createTenant(db, 'acme', 'UTC')
      const first = await importDirectory(db, directory(mapping), { mapping })
      expect(first.problems).toEqual([])
      expect(first.outcome).toBe('IMPORTED')
      expect(await changes(db)).toEqual(expected.changes)
      const text = describeReport(first)
      for (const column of expected.unread)
        expect(text).toMatch(new RegExp(`Not read of .*${column.replace('.', '\\.')}`))
      const hash = await see(db, (tx) => ledgerHash(tx, 'acme'))
      expect(await importDirectory(db, directory(mapping), { mapping })).toMatchObject({ outcome: 'NOTHING_NEW' })
      expect(await see(db, (tx) => ledgerHash(tx, 'acme'))).toBe(hash)
      const proof = await verify(db, 'acme', new Date('2026-11-22'))
      expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
    })
  })

  it('a version that is 10 Basic and then 50 Pro is seats, and a change of contract where no rank is known', async () => {
    const db = await open()
    await createTenant(db, 'acme', 'UTC')
    await importDirectory(db, directory('recurly'), { mapping: 'recurly' })
    const parts = await see(db, (tx) =>
      tx.accountChange.groupBy({
        by: ['strategy'],
        where: { accountId: 'recurly:acme', day: new Date('2024-03-10') },
        _sum: { amountMinor: true },
        orderBy: { strategy: 'asc' },
      }),
    )
    expect(parts.map((part) => [part.strategy, part._sum.amountMinor])).toEqual([
      ['CONTRACT_VALUE', 40_000n],
      ['SEAT', 40_000n],
    ])
  })

  it('a word that nobody knows is refused by line and column, and nothing is written', async () => {
    const db = await open()
    await createTenant(db, 'acme', 'UTC')
    const files = {
      'subscriptions.csv':
        'subscription,account,start,end,amount,currency,status,intervalCount\nS1,A1,2024-01-01,,10,USD,transferred,1\nS2,A1,2024-01-01,,10,USD,ended,1\nS3,A1,2024-01-01,,10,USD,active,0\n',
      'accounts.csv': 'account\nA1\n',
    }
    const report = await importText(db, files)
    expect(report.outcome).toBe('REFUSED')
    expect(report.problems).toEqual([
      expect.objectContaining({
        line: 2,
        column: 'status',
        value: 'transferred',
        expected: expect.stringContaining('one of active, trial'),
      }),
      expect.objectContaining({ line: 3, column: 'end', expected: 'the day it ended: its status says that it has' }),
      expect.objectContaining({ line: 4, column: 'intervalCount', value: '0' }),
    ])
    expect(await see(db, (tx) => tx.inbox.count())).toBe(0)
  })
})
