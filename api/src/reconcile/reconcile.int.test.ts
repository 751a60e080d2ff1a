import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import type { Discount, SubscriptionStatus } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { type MrrFormat, readMrrFile } from './read-mrr-file.ts'
import { reconcile } from './reconcile.ts'

const FORMAT: MrrFormat = {
  account: 'account',
  month: 'month',
  mrr: 'mrr',
  currencyColumn: undefined,
  currency: 'USD',
  unit: 'major',
  delimiter: ',',
}

async function aFile(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'mrr.csv')
  await writeFile(path, text)
  return path
}

const START = '2024-01-10T00:00:00.000Z'
const thousand = anItem('core', 10, aPrice('1000'))
const half: Discount = { id: 'half', percentOff: '50' }

/** One account for each cause. */
const starts = (account: string, at = START, status: SubscriptionStatus = 'ACTIVE', item = thousand, rank = 0) =>
  delivered(
    `${account}-${at}-${rank}`,
    aSubscription({ account, subscription: `sub-${account}`, at, status, items: [item], rank }),
  )
const HISTORY = [
  starts('equal'),
  starts('trial', START, 'TRIAL'),
  starts('paused'),
  starts('paused', '2024-02-10T00:00:00.000Z', 'PAUSED'),
  starts('unpaid', START, 'UNPAID'),
  starts('past-due', START, 'PAST_DUE'),
  starts('discount', START, 'ACTIVE', { ...thousand, discounts: [half] }),
  starts('metered', START, 'ACTIVE', anItem('calls', 1, aPrice('5', { usage: 'METERED' }))),
  starts('late-end'),
  starts('late-end', '2024-02-28T00:00:00.000Z', 'ENDED', thousand, 2),
  starts('euro', START, 'ACTIVE', anItem('core', 10, aPrice('1000', { currency: 'EUR' }))),
  starts('absent'),
  starts('odd'),
]
const FILE = `account,month,mrr
equal,2024-02,60
equal,2024-02,40.00
trial,2024-02,100
paused,2024-02,100
unpaid,2024-02,100
past-due,2024-02,0
discount,2024-02,100
metered,2024-02,12.34
late-end,2024-02,100
stripe:euro,2024-02-29,108
nobody,2024-02,7
odd,2024-02,101
`

eachDatabase((open) => {
  it('names each account that differs, by how much, and the probable cause', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, HISTORY)
    const result = await reconcile(db, { ...context, tolerance: 0n }, await readMrrFile(await aFile(FILE), FORMAT))
    expect(
      Object.fromEntries(
        result.differences.map((row) => [`${row.account} ${row.currency}`, [row.difference, row.cause]]),
      ),
    ).toEqual({
      'stripe:trial USD': [10_000n, 'TRIAL'],
      'stripe:paused USD': [10_000n, 'PAUSED'],
      'stripe:unpaid USD': [10_000n, 'UNPAID'],
      'stripe:past-due USD': [-10_000n, 'PAST_DUE'],
      'stripe:discount USD': [5_000n, 'DISCOUNT'],
      'stripe:metered USD': [1_234n, 'METERED'],
      'stripe:late-end USD': [10_000n, 'ANOTHER_DAY'],
      'stripe:euro USD': [10_800n, 'CURRENCY'],
      'stripe:euro EUR': [-10_000n, 'NOT_IN_FILE'],
      'nobody USD': [700n, 'UNKNOWN_ACCOUNT'],
      'stripe:absent USD': [-10_000n, 'NOT_IN_FILE'],
      'stripe:odd USD': [100n, 'UNEXPLAINED'],
    })
    expect(result).toMatchObject({ compared: 13, equal: 1 })
    expect(result.totals).toEqual([
      { month: '2024-02', currency: 'EUR', theirs: 0n, ours: 10_000n, difference: -10_000n },
      { month: '2024-02', currency: 'USD', theirs: 82_834n, ours: 45_000n, difference: 37_834n },
    ])
    expect((await reconcile(db, { ...context, tolerance: 100n }, [])).differences).toEqual([])
  })

  it('an account id of two sources has to be spelt out', async () => {
    const db = await open()
    const context = await aTenant(db)
    const { tenantId } = context
    await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.source.create({ data: { tenantId, name: 'file', kind: 'CSV' } }),
    )
    for (const source of ['stripe', 'file']) await accept(db, { ...context, source }, [starts('equal')])
    const rows = await readMrrFile(await aFile('account,month,mrr\nequal,2024-02,1\n'), FORMAT)
    await expect(reconcile(db, { tenantId, tolerance: 0n }, rows)).rejects.toThrow('is in several sources')
  })
})

it('columns are mapped by name, amounts by unit and currency', async () => {
  const path = await aFile('Kunde;Monat;Betrag;W\nA;2024-03-31T00:00:00Z;1250;jpy\n')
  const format = { ...FORMAT, account: 'Kunde', month: 'Monat', mrr: 'Betrag', currencyColumn: 'W', delimiter: ';' }
  expect(await readMrrFile(path, format)).toEqual([{ account: 'A', month: '2024-03', currency: 'JPY', amount: 1_250n }])
  expect((await readMrrFile(path, { ...format, unit: 'minor', currencyColumn: undefined }))[0]?.amount).toBe(1_250n)
})

it('every bad row is told with its line, column and what is accepted', async () => {
  const path = await aFile('account,month,mrr\n,2024-01,1\nA,January,1\nA,2024-01,"1,234.50"\nA,2024-01\n')
  await expect(readMrrFile(path, FORMAT)).rejects.toThrow(
    [
      'mrr.csv:2: column account "": expected the id of an account',
      'mrr.csv:3: column month "January": expected a month such as 2026-10, or a day of it',
      'mrr.csv:4: column mrr "1,234.50": expected a number such as 1234.50',
      'mrr.csv:5: "2 fields": expected 3 fields, as in the header',
    ].join('\n'),
  )
  await expect(readMrrFile(path, { ...FORMAT, mrr: 'value' })).rejects.toThrow('has no column "value"')
  await expect(readMrrFile(join(path, 'nothing'), FORMAT)).rejects.toThrow()
})
