import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from '@nobishiro/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportArchive } from '../../archive/export-archive.ts'
import { restoreArchive } from '../../archive/restore-archive.ts'
import { accept } from '../../ingest/accept.ts'
import { importExport } from '../../ingest/files/import-export.ts'
import { findExport } from '../../ingest/files/read-export.ts'
import { createTenant } from '../../ingest/files/testing/import-text.ts'
import type { Received } from '../../ingest/received.ts'
import { replayInbox } from '../../ingest/replay-inbox.ts'
import { resolveConflict } from '../../ingest/resolve-conflict.ts'
import { readStripe } from '../../ingest/sources/stripe/stripe.ts'
import * as stripe from '../../ingest/sources/stripe/testing.ts'
import { eventsSince } from '../../ingest/stripe-history/testing/events.ts'
import { invoicesOf } from '../../ingest/stripe-history/testing/invoices.ts'
import { type Life, livesOf, NOW } from '../../ingest/stripe-history/testing/lives.ts'
import { type Month, naiveMonths, naiveUpsell } from '../../ingest/stripe-history/testing/naive.ts'
import { randomOf } from '../../ingest/stripe-history/testing/random.ts'
import { readFrom } from '../../ingest/stripe-history/testing/read-from.ts'
import { see } from '../../ingest/stripe-history/testing/see.ts'
import { type StripeServer, stripeServer } from '../../ingest/stripe-history/testing/stripe-server.ts'
import { accountOf } from '../../ingest/stripe-history/testing/vendor.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { aKey, anApp, query } from '../../testing/query.ts'
import { ledgerHash } from '../hash.ts'
import { setPolicy } from '../set-policy.ts'
import { verify } from '../verify.ts'

const clock = () => new Date(NOW * 1000)
const TENANT = { tenantId: 'acme-saas', now: clock() }
const CONTEXT = { tenantId: 'acme-saas', source: 'stripe', clock }
const read = (event: object): Received => readStripe(Buffer.from(JSON.stringify(event)), 'stripe')

/** Whose prorations are invoiced at once: what waits for an invoice is in none of them. */
const lives = livesOf(1, 18).map((life): Life => ({ ...life, invoicing: 'AT_ONCE' }))

/** Webhooks of invoices from a time on: sent and paid. */
const invoiceEvents = (of: readonly Life[], since: number): Received[] =>
  of
    .flatMap((life) => invoicesOf(life).invoices)
    .filter(({ created }) => Number(created) >= since)
    .flatMap((invoice) =>
      ['finalized', 'paid'].map((kind, place) =>
        read({
          ...{
            id: `evt_${invoice['id']}_${kind}`,
            object: 'event',
            created: Number(invoice['created']) + 3600 + place,
          },
          type: `invoice.${kind}`,
          data: { object: { ...invoice, status: kind === 'paid' ? invoice['status'] : 'open' } },
        }),
      ),
    )
const subscriptionEvents = (of: readonly Life[], since: number): Received[] => eventsSince(of, since).map(read)

let server: StripeServer
beforeAll(async () => {
  server = await stripeServer(accountOf(lives))
})
afterAll(() => server.close())

const QUESTION = `{
  metric(key: mrr, range: { start: "2026-10-01", end: "2026-11-01" }) { values { definition { revision policy } } }
  recognitionPolicies { basis }
}`

const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const random = randomOf(seed)
  const keyed = list.map((entry) => [random.next(), entry] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, entry]) => entry)
}

const FILES =
  'Files of subscriptions and generic events tell of no service period: keep basis: CONTRACT, or bring these in from Stripe or ChartMogul.'
const SAMPLE = fileURLToPath(new URL('../../ingest/sources/chartmogul/sample/json', import.meta.url))
const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)
const aSource = (db: Database, name: string, kind: string) =>
  see(db, (tx) => tx.source.create({ data: { tenantId: 'acme-saas', name, kind } }))
const versionOf = (db: Database) => see(db, async (tx) => (await tx.tenant.findFirstOrThrow()).version)
const hashOf = (db: Database) => see(db, (tx) => ledgerHash(tx, 'acme-saas'))
const set = (db: Database, basis: 'INVOICE' | 'CONTRACT') => setPolicy(db, TENANT, { policy: { basis }, reason: basis })

async function monthsOf(db: Database): Promise<[string, Month][]> {
  const { checks, months, uncovered } = await verify(db, 'acme-saas', clock())
  expect([checks.flatMap(({ problems }) => problems), uncovered]).toEqual([[], []])
  return months.map(({ month, opening, reactivation, expansion, contraction, churn, closing, new: come }) => {
    const sums = { opening, new: come, reactivation, expansion, contraction, churn, closing }
    return [month, Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Number(sum)])) as Month] // the same names
  })
}
const wanted = (of: readonly Life[]) => [...naiveMonths(of)].filter(([, { closing }]) => closing > 0)

/** What changes of plan brought to customers without a discount. */
async function upsellOf(db: Database): Promise<number> {
  const reduced = lives.filter(({ discount }) => discount !== null).map(({ customer }) => `stripe:${customer}`)
  const where = { strategy: 'UPSELL', accountId: { notIn: reduced } }
  const { _sum } = await see(db, (tx) => tx.accountChange.aggregate({ where, _sum: { amountMinor: true } }))
  return Number(_sum.amountMinor)
}

eachDatabase((open) => {
  describe('MRR read of invoices', { timeout: 180_000 }, () => {
    it('is that of the lives behind them, and back again the ledger is as it was', async () => {
      const db = await open()
      await aTenant(db)
      await readFrom(db, server.base)
      const hash = await hashOf(db)
      await set(db, 'INVOICE')
      expect(await monthsOf(db)).toEqual(wanted(lives))
      expect(await upsellOf(db)).toBe(naiveUpsell(lives.filter(({ discount }) => discount === null)))
      expect(await upsellOf(db)).not.toBe(0)
      const token = await aKey(db, 'acme-saas', ['read'])
      const { data } = await query(anApp(db, { now: clock }), { token, query: QUESTION })
      expect(data).toMatchObject({
        metric: { values: [{ definition: { revision: 2, policy: 'NOBISHIRO basis=INVOICE' } }] },
        recognitionPolicies: [{ basis: 'INVOICE' }, { basis: 'CONTRACT' }],
      })
      const invoiced = await hashOf(db)

      const file = join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'tenant.ndjson.gz')
      await exportArchive(db, CONTEXT, file)
      await restoreArchive(db, file, { as: 'a-copy' })
      expect((await verify(db, 'a-copy', clock())).hash).toBe(invoiced)
      const copy = await open()
      await replayInbox(db, copy, 'acme-saas', clock)
      expect(await hashOf(copy)).toBe(invoiced)

      await set(db, 'CONTRACT')
      expect(await hashOf(db)).toBe(hash)
    })

    it('webhooks of invoices move nothing by default, and tell what a reading tells', async () => {
      const db = await open()
      await aTenant(db)
      const since = NOW - 120 * 86_400
      await readFrom(db, server.base)
      await accept(db, CONTEXT, subscriptionEvents(lives, since))
      const before = [await hashOf(db), await versionOf(db)]
      const invoices = invoiceEvents(lives, since)
      expect(invoices.length).toBeGreaterThan(60)
      // Lines that name their price alone may be of metered items: those tell of usage too.
      const alone = invoices.filter(({ events }) => events.every(({ type }) => type === 'invoice'))
      const outcomes = await accept(db, CONTEXT, alone)
      expect([...new Set(outcomes.map(({ outcome }) => outcome))]).toEqual(['POSTED'])
      expect([await hashOf(db), await versionOf(db)]).toEqual(before)
      await accept(db, CONTEXT, invoices)
      expect(await hashOf(db)).toBe(before[0])
      await set(db, 'INVOICE')
      expect(await monthsOf(db)).toEqual(wanted(lives))
    })

    it('is the same in whatever order its sources come, and however often', async () => {
      const few = lives.slice(0, 10)
      const own = await stripeServer(accountOf(few))
      const since = NOW - 90 * 86_400
      const events = [...subscriptionEvents(few, since), ...invoiceEvents(few, since)]
      const hashes = new Set<string>()
      for (const seed of [1, 2, 3]) {
        const db = await open()
        await aTenant(db)
        const messy = shuffled([...events, ...events.slice(0, 20)], seed)
        // Before anything, between two sources, and after all.
        if (seed === 1) await set(db, 'INVOICE')
        await accept(db, CONTEXT, messy.splice(0, 15))
        await readFrom(db, own.base)
        if (seed === 2) await set(db, 'INVOICE')
        while (messy.length > 0) await accept(db, CONTEXT, messy.splice(0, seed * 9))
        if (seed === 3) await set(db, 'INVOICE')
        expect(await monthsOf(db)).toEqual(wanted(few))
        hashes.add(await hashOf(db))
      }
      await own.close()
      expect(hashes.size).toBe(1)
    })

    it('is refused by name where sources have no service periods, and nothing is written', async () => {
      const db = await open()
      await aTenant(db)
      await aSource(db, 'files', 'CSV')
      await aSource(db, 'feed', 'EVENTS')
      const [first, second] = lives.filter(({ end, trialEnd }) => end === null && trialEnd === null)
      if (!first || !second) throw new Error('Everybody has left')
      const at = first.moves[0]?.at ?? 0
      await accept(db, CONTEXT, [
        ...subscriptionEvents([first, second], 0),
        ...invoiceEvents([first], NOW - 60 * 86_400),
      ])
      const held = aSubscription({ at: '2026-01-10T00:00:00.000Z', items: [anItem('core', 10, aPrice('1000'))] })
      const free = {
        ...held,
        subscription: 'sub_free',
        state: { ...held.state, items: [anItem('core', 1, aPrice('0'))] },
      }
      await accept(db, { ...CONTEXT, source: 'files' }, [delivered('f1', held)])
      await accept(db, { ...CONTEXT, source: 'feed' }, [delivered('g1', held), delivered('g2', free)])
      const before = [await hashOf(db), await versionOf(db)]
      const refused = await set(db, 'INVOICE').then(
        () => '',
        ({ message }: Error) => message,
      )
      expect(refused.split('\n')).toEqual([
        'basis: INVOICE cannot be put into force: some subscriptions have no service periods of invoices. Nothing was changed.',
        `Source feed, 1 of them: sub_1 (no invoice since 2026-01-10). ${FILES}`,
        `Source files, 1 of them: sub_1 (no invoice since 2026-01-10). ${FILES}`,
        expect.stringMatching(
          new RegExp(
            `^Source stripe, 2 of them: ${first.subscription} \\(no invoice from ${day(at)} to 2026-\\d\\d-\\d\\d\\), ${second.subscription} \\(no invoice since .*connect stripe`,
          ),
        ),
        'nobishiro policy uncovered lists them all.',
      ])
      expect([await hashOf(db), await versionOf(db)]).toEqual(before)
      expect(await see(db, (tx) => tx.recognitionPolicy.count())).toBe(0)
    })

    it('leaves a subscription out that invoices do not tell of, and says so', async () => {
      const db = await open()
      await aTenant(db)
      await readFrom(db, server.base)
      await set(db, 'INVOICE')
      const hash = await hashOf(db)
      await aSource(db, 'files', 'CSV')
      const held = aSubscription({ at: '2026-01-10T00:00:00.000Z', items: [anItem('core', 10, aPrice('1000'))] })
      await accept(db, { ...CONTEXT, source: 'files' }, [delivered('f1', held)])
      expect(await hashOf(db)).toBe(hash)
      const { ok, uncovered } = await verify(db, 'acme-saas', clock())
      expect(ok).toBe(true)
      expect(uncovered).toEqual([
        { source: 'files', kind: 'CSV', subscription: 'sub_1', what: { from: '2026-01-10T00:00:00.000Z' } },
      ])
      await set(db, 'CONTRACT')
      expect((await verify(db, 'acme-saas', clock())).months.at(-1)?.closing).toBeGreaterThan(10_000n)
      expect(await hashOf(db)).not.toBe(hash)
    })

    it('follows a price that is told later, and a body that a person keeps instead of another', async () => {
      const db = await open()
      await aTenant(db)
      await set(db, 'INVOICE')
      const start = Date.parse('2026-09-01T00:00:00Z') / 1000
      const webhook = (id: string, type: string, object: object) =>
        read({ id, object: 'event', created: start + 60, type, data: { object } })
      const line = (amount: number, period: number) => ({
        ...{ id: `il_${period}`, amount, currency: 'usd', quantity: 10 },
        period: { start: start + period * 30 * 86_400, end: start + (period + 1) * 30 * 86_400 },
        parent: { subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1' } },
        pricing: { price_details: { price: period === 0 ? 'price_basic' : 'price_later', product: 'prod_core' } },
      })
      const invoice = (period: number, amount: number) => ({
        ...{ id: `in_${period}`, object: 'invoice', customer: 'cus_1', currency: 'usd', status: 'paid' },
        lines: { has_more: false, data: [line(amount, period)] },
      })
      const closing = async () => (await monthsOf(db)).at(-1)?.[1].closing
      await accept(db, CONTEXT, [
        webhook('evt_0', 'invoice.paid', invoice(0, 10_000)),
        webhook('evt_1', 'customer.subscription.created', stripe.aSubscription({ start_date: start })),
      ])
      expect(await closing()).toBe(10_000)
      await accept(db, CONTEXT, [webhook('evt_2', 'invoice.paid', invoice(1, 12_000))])
      expect(await closing()).toBe(10_000)
      const later = stripe.aPrice({ id: 'price_later', unit_amount: 1200 })
      await accept(db, CONTEXT, [webhook('evt_3', 'price.created', later)])
      expect(await closing()).toBe(12_000)

      const [second] = await accept(db, CONTEXT, [webhook('evt_2', 'invoice.paid', invoice(1, 11_000))])
      expect([second?.outcome, await closing()]).toEqual(['CONFLICT', 12_000])
      const decision = { source: 'stripe', externalId: 'evt_2', keep: 'second', reason: 'a wrong quantity' } as const
      await resolveConflict(db, CONTEXT, decision)
      expect(await closing()).toBe(11_000)
    })

    it('of ChartMogul is the same, since its histories are service periods', async () => {
      const db = await open()
      await createTenant(db, 'acme', 'UTC')
      const { files, unreadFiles } = await findExport(SAMPLE)
      const target = {
        tenantId: 'acme',
        source: 'chartmogul',
        through: null,
        dryRun: false,
        acceptValid: false,
      } as const
      await importExport({ db, clock }, { ...target, unreadFiles }, files)
      const { hash } = await verify(db, 'acme', clock())
      await setPolicy(db, { ...TENANT, tenantId: 'acme' }, { policy: { basis: 'INVOICE' }, reason: 'as invoiced' })
      const proof = await verify(db, 'acme', clock())
      expect([proof.hash, proof.ok, proof.uncovered]).toEqual([hash, true, []])
    })
  })
})
