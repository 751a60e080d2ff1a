import type { Database } from '@nobishiro/prisma'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import { livesOf, NOW } from '../ingest/stripe-history/testing/lives.ts'
import { type StripeServer, stripeServer } from '../ingest/stripe-history/testing/stripe-server.ts'
import { accountOf } from '../ingest/stripe-history/testing/vendor.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { connectCommand } from './connect.ts'
import type { House } from './house.ts'

const KEY = ['rk', 'live', 'secretsecretsecret'].join('_') // no shape of a real one is checked in
const MONTH = 30 * 86_400

/** Twelve customers, of whom one was deleted and one paid nothing for two months. */
function someAccount() {
  const lives = livesOf(3, 12).map((life) =>
    life.customer === 'cus_5' ? { ...life, paused: { from: NOW - 5 * MONTH, until: NOW - 3 * MONTH } } : life,
  )
  const account = accountOf(lives)
  return { ...account, customers: account.customers.filter(({ id }) => id !== 'cus_1') }
}

let server: StripeServer
beforeAll(async () => {
  server = await stripeServer(someAccount())
})
afterAll(() => server.close())

/** The command as a process would run it. */
function terminal(db: Database, isTTY = false) {
  return async (...args: string[]) => {
    const printed = { out: '', err: '' }
    const write = (name: 'out' | 'err') => ({
      isTTY,
      write: (text: string) => {
        printed[name] += text
      },
    })
    const house: House = {
      env: readEnv({ NOBISHIRO_SECRET: 'a secret of the house that is long enough' }),
      openDatabase: async () => ({ ...db, close: async () => {} }),
      out: write('out'),
      err: write('err'),
      clock: () => new Date(NOW * 1000),
    }
    const command = connectCommand(house)
    try {
      await command.parseAsync(['stripe', ...args], { from: 'user' })
      return { error: null, ...printed }
    } catch (error) {
      return { error: error as { code: string; message: string }, ...printed } // an ExpectedError
    }
  }
}

eachDatabase((open) => {
  it('connect stripe --key reads the history, says what it covers and what is missing, and keeps no key', async () => {
    const db = await open()
    await aTenant(db)
    const run = terminal(db, true)
    const base = ['--key', KEY, '--api-base', server.base.href]
    const tried = await run(...base, '--dry-run')
    expect(tried.error).toBeNull()
    expect(tried.out).toContain(
      'Dry run: nothing was written.\nWould read into tenant acme-saas from source stripe: 3 products',
    )

    const read = await run(...base, '--secret', 'whsec_0123456789abcdef')
    expect(read.error).toBeNull()
    expect(read.out).toMatch(
      /Read into tenant acme-saas from source stripe: 3 products, 6 prices, 2 coupons, 11 customers, \d+ subscriptions: \d+ new/,
    )
    expect(read.out).toMatch(/Covers 202\d-\d\d to 2026-11 \(\d+ months\)/)
    expect(read.out).toMatch(/UNPAID_INVOICES \(1\): .*\n {4}sub_5 2026-\d\d-\d\d to 2026-\d\d-\d\d/)
    expect(read.out).toMatch(/DELETED_CUSTOMER \(1\): .*\n {4}cus_1\n/)
    expect(read.out).toContain('Point the webhook endpoint at /ingest/stripe/acme-saas.stripe of this server.')
    expect(read.err).toContain('subscriptions  ')

    const again = await run(...base, '--json')
    expect(JSON.parse(again.out)).toMatchObject({
      tenantId: 'acme-saas',
      history: { outcome: 'NOTHING_NEW', added: 0 },
    })
    const rows = await db.withTenant({ tenantId: 'acme-saas', viewer: 'TENANT' }, async (tx) => [
      ...(await tx.inbox.findMany()),
      ...(await tx.source.findMany()),
    ])
    const kept = rows.map((row) => JSON.stringify(row) + ('raw' in row ? Buffer.from(row.raw).toString() : ''))
    for (const text of [tried, read, again].flatMap(({ out, err }) => [out, err]).concat(kept))
      expect(text).not.toContain(KEY)
  })

  it('what Stripe refuses is said without the key, and wrong usage with what to do', async () => {
    const db = await open()
    await aTenant(db)
    const run = terminal(db)
    const refused = await run('--key', 'sk_live_notaccepted', '--api-base', server.base.href)
    expect(refused.error).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/does not accept the key/),
    })
    expect(JSON.stringify(refused)).not.toContain('notaccepted')
    const faults: [string[], string][] = [
      [[], 'Give --secret whsec_… for webhooks, --key rk_… for the history, or both.'],
      [['--key', 'whsec_0123456789'], '--key is not a secret or restricted key of Stripe: accepted: rk_… or sk_….'],
      [['--key', KEY, '--since', '2024-02-30'], '--since 2024-02-30 is not a day such as 2024-01-31.'],
      [
        ['--key', KEY, '--api-base', 'http://stripe.example'],
        '--api-base http://stripe.example is not accepted: https://…, or http:// of this machine.',
      ],
      [['--secret', 'whsec_0123456789abcdef', '--dry-run'], '--since, --api-base and --dry-run go with --key.'],
    ]
    for (const [args, message] of faults)
      expect((await run(...args)).error).toMatchObject({ code: 'INVALID_INPUT', message })
  })
})
