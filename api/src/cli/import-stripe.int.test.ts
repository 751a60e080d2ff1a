import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { type Life, livesOf, NOW } from '../ingest/stripe-history/testing/lives.ts'
import { naiveMonths } from '../ingest/stripe-history/testing/naive.ts'
import { accountOf } from '../ingest/stripe-history/testing/vendor.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { importStripe } from './import-stripe.ts'

type Fields = Record<string, unknown>

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nobishiro-stripe-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

const jsonLines = (objects: readonly unknown[]): string => objects.map((object) => JSON.stringify(object)).join('\n')

/** The command as a process would run it. */
function terminal(db: Database) {
  return async (path: string, more: { dryRun?: boolean; json?: boolean; through?: string } = {}) => {
    const printed = { out: '', err: '' }
    const write = (name: 'out' | 'err') => ({
      write: (text: string) => {
        printed[name] += text
      },
    })
    const code = await importStripe(
      {
        openDatabase: async () => ({ ...db, close: async () => {} }),
        ...{ out: write('out'), err: write('err') },
        clock: () => new Date(NOW * 1000),
      },
      {
        path,
        tenant: undefined,
        name: 'stripe',
        through: more.through ?? null,
        dryRun: more.dryRun ?? false,
        json: more.json ?? false,
      },
    )
    return { code, ...printed }
  }
}

async function closings(db: Database): Promise<[string, number][]> {
  const { checks, months } = await verify(db, 'acme-saas', new Date(NOW * 1000))
  expect(checks.flatMap(({ problems }) => problems)).toEqual([])
  return months.map(({ month, closing }) => [month, Number(closing)])
}

const expected = (lives: readonly Life[]): [string, number][] =>
  [...naiveMonths(lives)].filter(([, { closing }]) => closing > 0).map(([month, { closing }]) => [month, closing])

const time = (seconds: unknown): string =>
  typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ') : ''
const major = (cents: number): string => (cents / 100).toFixed(2)

/** What the dashboard exports of an account. */
function dashboard({ subscriptions, invoices }: ReturnType<typeof accountOf>): Record<string, string> {
  const rows = subscriptions.map((each) => {
    const [item = {}] = (each['items'] as { data: Fields[] }).data
    const price = item['price'] as { id: string; product: string; unit_amount: number; recurring: { interval: string } }
    return [
      ...[each['id'], each['customer'], price.id, price.product, item['quantity'], price.recurring.interval],
      ...[major(price.unit_amount), each['status'], time(each['created']), time(item['current_period_start'])],
      ...[time(item['current_period_end']), time(each['trial_start']), time(each['trial_end']), time(each['ended_at'])],
    ].join(',')
  })
  const lines = invoices.flatMap((invoice) =>
    (invoice['lines'] as { data: Fields[] }).data.map((line) => {
      const { start, end } = line['period'] as { start: number; end: number }
      const pricing = line['pricing'] as { price_details: Fields } | undefined
      const old = line['price'] as Fields | undefined
      const [price, product] = [
        pricing?.price_details['price'] ?? old?.['id'],
        pricing?.price_details['product'] ?? old?.['product'],
      ]
      const id = String(line['id'])
      const subscription = id.replace(/^il_(sub_\d+(_again)?)_.*$/, '$1')
      return [
        ...[id, invoice['id'], subscription, price, product, line['quantity'], 'usd'],
        ...[major(Number(line['amount'])), time(start), time(end), /_[ab]$/.test(id)],
      ].join(',')
    }),
  )
  const header =
    'id,Customer ID,Plan,Product,Quantity,Interval,Amount,Status,Created (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),Trial End (UTC),Ended At (UTC)'
  const lineHeader =
    'Line Item ID,Invoice ID,Subscription ID,Price ID,Product ID,Quantity,Currency,Amount,Period Start (UTC),Period End (UTC),Proration'
  return {
    'subscriptions.csv': [header, ...rows].join('\n'),
    'invoice_lines.csv': [lineHeader, ...lines].join('\n'),
  }
}

eachDatabase((open) => {
  it('exported objects give the ledger that the API gives, and the same files again add nothing', {
    timeout: 120_000,
  }, async () => {
    const db = await open()
    await aTenant(db)
    const lives = livesOf(1, 20)
    const { customers, ...account } = accountOf(lives)
    const folder = await folderOf({
      'everything.jsonl': jsonLines(Object.values(account).flat()),
      'customers.json': JSON.stringify({ object: 'list', data: customers }),
    })
    const run = terminal(db)
    expect(await run(folder, { dryRun: true })).toMatchObject({ code: 0, out: expect.stringMatching(/^Dry run/) })
    const read = await run(folder, { through: '2026-11-20' })
    expect(read).toMatchObject({ code: 0, err: '', out: expect.stringContaining('20 customers') })
    expect(read.out).toContain('Nothing is missing.')
    expect(await closings(db)).toEqual(expected(lives))
    const hash = await db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, (tx) => ledgerHash(tx, 'acme-saas'))
    expect((await run(folder, { through: '2026-11-20' })).out).toContain('nothing new')
    expect(await db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, (tx) => ledgerHash(tx, 'acme-saas'))).toBe(
      hash,
    )
  })

  it('CSV exports of the dashboard say as much as their columns do', { timeout: 120_000 }, async () => {
    const db = await open()
    await aTenant(db)
    // Prorations that wait for an invoice are in no export.
    const lives = livesOf(1, 20).map((life): Life => ({ ...life, discount: null, invoicing: 'AT_ONCE' }))
    const read = await terminal(db)(await folderOf(dashboard(accountOf(lives))), { through: '2026-11-20' })
    expect(read).toMatchObject({ code: 0, err: '' })
    expect(await closings(db)).toEqual(expected(lives))
  })

  it('what cannot be read is refused by file and line, and nothing is written', async () => {
    const db = await open()
    await aTenant(db)
    const run = terminal(db)
    const faults: [Record<string, string>, string][] = [
      [
        { 'a.jsonl': '{"id":"prod_1","object":"product"}\n{nonsense' },
        'a.jsonl:2: "{nonsense"; accepted: one JSON object on each line.',
      ],
      [
        { 'a.jsonl': '{"id":"ch_1","object":"charge"}' },
        'a.jsonl:1: "charge"; accepted: one Stripe object with an id: product',
      ],
      [
        { 'charges.csv': 'id,Amount\nch_1,5.00' },
        'charges.csv: its columns say nothing of what was held; accepted: the export of subscriptions',
      ],
      [{ 'notes.txt': '' }, 'holds no export of Stripe: accepted: .jsonl, .ndjson, .json and .csv files.'],
    ]
    for (const [files, message] of faults) {
      const { code, err } = await run(await folderOf(files))
      expect([code, err]).toEqual([2, expect.stringContaining(message)])
    }
    expect(await db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, (tx) => tx.inbox.count())).toBe(0)
  })
})
