import { describe, expect, it } from 'vitest'
import { verify } from '../../ledger/verify.ts'
import { eachDatabase } from '../../testing/db.ts'
import { replayInbox } from '../replay-inbox.ts'
import { createTenant, importText } from './testing/import-text.ts'
import { ACCOUNTS, nothing, see } from './testing/sample.ts'

const clock = () => new Date('2026-11-22T00:00:00Z')
const FILES = {
  'accounts.csv': ACCOUNTS,
  'entitlements.csv': 'account,metric,day,limit\nA-1,calls,2024-03-01,10000\nA-2,calls,2024-03-01,500\n',
  'features.csv': 'account,feature,day,adopted\nA-1,forecasts,2024-03-12,yes\nA-1,forecasts,2024-05-01,no\n',
  'integrations.csv': 'account,integration,day\nA-1,slack,2024-03-15\n',
  'contacts.csv': 'account,contact,day,name,role\nA-1,C-7,2024-01-05,森 雪,champion\n',
  'satisfaction.csv': 'account,response,day,survey,score\nA-1,R-1,2024-03-20,NPS,9\n',
  'tickets.csv':
    'account,ticket,day,subject,priority,closedOn\nA-2,T-4,2024-03-21,"Import is slow, very",high,2024-03-23\n',
  'spend.csv': 'month,category,amount,currency\n2024-03,customer success,1200.00,USD\n2024-03-31,marketing,90000,JPY\n',
  'invoice-lines.csv': 'account,invoice,day,name,amount,currency\nA-1,INV-2,2024-03-10,Onboarding,500.00,USD\n',
  'seats.csv': 'account,day,assigned,active\nA-1,2024-03-31,48,41\nA-2,2024-03-31,,3\n',
}
/** Every file with its rows the other way round. */
const reversed = (files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const [header = '', ...rows] = text.trim().split('\n')
      return [name, `${[header, ...rows.reverse()].join('\n')}\n`]
    }),
  )

eachDatabase((open) => {
  const observations = (db: Awaited<ReturnType<typeof open>>) =>
    see(db, (tx) => tx.observation.findMany({ orderBy: [{ kind: 'asc' }, { externalId: 'asc' }] }))

  it('facts beside revenue import once, whatever the order of rows, and follow from the inbox', async () => {
    const db = await open()
    await createTenant(db, 'acme', 'UTC')
    const first = await importText(db, FILES)
    expect([first.outcome, first.problems]).toEqual(['IMPORTED', []])
    const stored = await observations(db)
    expect(stored.map((row) => [row.kind, row.name, row.quantity?.toString() ?? row.amountMinor ?? null])).toEqual([
      ['CONTACT', '森 雪', null],
      ['ENTITLEMENT', 'calls', '10000'],
      ['ENTITLEMENT', 'calls', '500'],
      ['FEATURE', 'forecasts', null],
      ['FEATURE', 'forecasts', null],
      ['INTEGRATION', 'slack', null],
      ['INVOICE_LINE', 'Onboarding', 50_000n],
      ['SATISFACTION', 'NPS', '9'],
      ['SPEND', 'customer success', 120_000n],
      ['SPEND', 'marketing', 90_000n],
      ['TICKET', 'Import is slow, very', null],
    ])
    expect(await see(db, (tx) => tx.usageRecord.count())).toBe(3)
    expect(await importText(db, reversed(FILES))).toMatchObject({ outcome: 'NOTHING_NEW' })
    expect(await observations(db)).toEqual(stored)
    const copy = await open()
    await replayInbox(db, copy, 'acme', clock)
    expect(await observations(copy)).toEqual(stored)
    expect((await verify(db, 'acme', clock())).checks.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('a changed row replaces what it said, and so does one that is as it was again', async () => {
    const db = await open()
    await createTenant(db, 'acme', 'UTC')
    const said = (closedOn: string) => ({
      'accounts.csv': ACCOUNTS,
      'tickets.csv': `account,ticket,day,closedOn\nA-2,T-4,2024-03-21,${closedOn}\n`,
    })
    for (const closedOn of ['', '2024-03-23', '']) await importText(db, said(closedOn))
    expect((await observations(db)).map((row) => row.attributes)).toEqual([{}])
    expect(await see(db, (tx) => tx.inbox.count({ where: { kind: 'tickets' } }))).toBe(3)
  })

  describe.each<[string, string, string, object]>([
    ['spend.csv', 'amount with more decimals', '2024-03,cs,1.005,USD', { column: 'amount', value: '1.005' }],
    ['spend.csv', 'month', '2024-13,cs,1,USD', { column: 'month', value: '2024-13' }],
    ['spend.csv', 'currency', '2024-03,cs,1,XYZ', { column: 'currency', value: 'XYZ' }],
    ['tickets.csv', 'account', 'A-9,T,2024-03-01,,,', { column: 'account', value: 'A-9' }],
    ['tickets.csv', 'day', 'A-1,T,31/31/2024,,,', { column: 'day', value: '31/31/2024' }],
    ['seats.csv', 'row without seats', 'A-1,2024-03-01,,', { column: 'active', value: '' }],
    ['entitlements.csv', 'limit', 'A-1,calls,2024-03-01,lots', { column: 'limit', value: 'lots' }],
  ])('in %s', (file, what, row, problem) => {
    it(`a wrong ${what} refuses everything, with its place`, async () => {
      const db = await open()
      await createTenant(db, 'acme', 'UTC')
      const header = FILES[file as keyof typeof FILES].split('\n')[0]
      const report = await importText(db, { 'accounts.csv': ACCOUNTS, [file]: `${header}\n${row}\n` })
      expect([report.outcome, report.problems]).toEqual([
        'REFUSED',
        [expect.objectContaining({ file, line: 2, ...problem })],
      ])
      expect(await nothing(db)).toEqual([0, 0, 0, 0])
    })
  })
})
