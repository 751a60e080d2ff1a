import { Readable } from 'node:stream'
import type { Database } from '@nobishiro/prisma'
import { saveStripeSource } from '../../access/sources.ts'
import { importFiles } from '../../ingest/files/import-files.ts'
import { DEFAULT_MAPPING } from '../../ingest/sources/csv/default-mapping.ts'
import { anEvent, anItem, aSubscription, toBytes } from '../../ingest/sources/stripe/testing.ts'
import { signatureHeader } from '../../ingest/sources/stripe/verify.ts'
import { aTenant } from '../build.ts'
import { aKey } from '../query.ts'

export const TENANT = 'acme'
export const SERVER_SECRET = 'a secret of forty characters for a server'
const WEBHOOK_SECRET = 'whsec_of_the_endpoint'
const SOURCE = 'stripe'
/** Subscriptions of one batch. */
const BATCH = 40
/** Accounts that files are of. */
const ACCOUNTS = 100
/** Rows of a file: every fourth is staged in two pieces before any of it counts. */
const rowsOf = (n: number) => (n % 4 === 0 ? 2_100 : 50)

export const KINDS = ['webhook', 'batch', 'file'] as const
export type Kind = (typeof KINDS)[number]

/** What a client sends until it is answered: it counts once, however often it is sent. */
export type Delivery = {
  kind: Kind
  /** Ids of its events, as far as they say something of MRR, and the MRR of all of them together. */
  events: readonly string[]
  minor: number
  request: (url: string) => Request
}

/** What a server of that tenant is started with: on PostgreSQL, or on the folder that it is given. */
export const environment = (url: string | undefined): Record<string, string> => ({
  NOBISHIRO_SECRET: SERVER_SECRET,
  LOG_LEVEL: 'trace',
  ...(url === undefined ? {} : { DATABASE_URL: url }),
})

/** A tenant that Stripe and a system of its own deliver to, and whose people upload files; resolves to its key. */
export async function furnish(db: Database): Promise<string> {
  await aTenant(db, { id: TENANT, source: 'other' })
  await saveStripeSource(db, { tenantId: TENANT, name: SOURCE, webhookSecret: WEBHOOK_SECRET }, SERVER_SECRET)
  return aKey(db, TENANT, ['admin'])
}

/** The accounts that its files are of. */
export async function uploadAccounts(db: Database): Promise<void> {
  const rows = Array.from({ length: ACCOUNTS }, (_, n) => `F-${n},Account ${n}`)
  const chunks = Readable.from([Buffer.from(['account,name', ...rows].join('\n'))])
  const files = [{ kind: 'accounts' as const, path: '', name: 'accounts.csv', chunks }]
  const target = { tenantId: TENANT, source: 'csv', through: null, dryRun: false, acceptValid: false as const }
  await importFiles({ db, clock: () => new Date() }, { ...target, mapping: DEFAULT_MAPPING, files })
}

/** The n-th delivery of a kind: an event of Stripe, a file, or a batch, every other one under an Idempotency-Key of its own. */
export function delivery(kind: Kind, n: number, key: string): Delivery {
  if (kind === 'webhook') return webhook(n)
  return kind === 'batch' ? batch(n, key) : file(n, key)
}

function webhook(n: number): Delivery {
  const quantity = 1 + (n % 9)
  const object = aSubscription({ id: `sub_${n}`, customer: `cus_${n}`, items: [anItem({ id: `si_${n}`, quantity })] })
  const raw = toBytes(anEvent('customer.subscription.created', object, { id: `evt_${n}` }))
  return {
    kind: 'webhook',
    events: [`evt_${n}`],
    minor: 1000 * quantity,
    request: (url) =>
      new Request(`${url}/ingest/stripe/${TENANT}.${SOURCE}`, {
        method: 'POST',
        body: new Uint8Array(raw),
        headers: { 'stripe-signature': signatureHeader({ raw, secret: WEBHOOK_SECRET, now: Date.now() }) },
      }),
  }
}

function batch(n: number, key: string): Delivery {
  const account = `batch-${n}`
  const lines = Array.from({ length: BATCH }, (_, index) => {
    const item = { item: 'seats', product: 'CRM', quantity: 1, unitAmount: 100 + index }
    const subscription = { subscription: `s-${n}-${index}`, status: 'active', currency: 'USD', items: [item] }
    return { kind: 'subscription', id: `b-${n}-${index}`, at: '2026-01-10T00:00:00Z', account, ...subscription }
  })
  return {
    kind: 'batch',
    events: lines.map(({ id }) => id),
    minor: lines.reduce((sum, { items: [item] }) => sum + (item?.unitAmount ?? 0), 0),
    request: (url) =>
      new Request(`${url}/ingest/events`, {
        method: 'POST',
        body: lines.map((line) => JSON.stringify(line)).join('\n'),
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/x-ndjson',
          ...(n % 2 ? { 'idempotency-key': `batch-${n}` } : {}),
        },
      }),
  }
}

function file(n: number, key: string): Delivery {
  const rows = Array.from({ length: rowsOf(n) }, (_, index) => ({
    id: `f-${n}-${index}`,
    account: `F-${index % ACCOUNTS}`,
  }))
  const lines = rows.map(({ id, account }) => `${id},${account},2026-01-10,1,1.00,USD`)
  return {
    kind: 'file',
    events: rows.map(({ id }) => `subscriptions/${id}`),
    minor: 100 * rows.length,
    request: (url) =>
      new Request(`${url}/ingest/files?kind=subscriptions`, {
        method: 'POST',
        body: ['subscription,account,start,seats,amount,currency', ...lines].join('\n'),
        headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      }),
  }
}

/** What a delivery was answered the second time: it counts now, or it did already; undefined where part of it did. */
export function secondAnswer({ kind, events }: Delivery, answer: unknown): 'NOW' | 'BEFORE' | undefined {
  const { outcome, accepted, duplicate, total } = answer as Answer
  if (kind === 'webhook') return outcome === 'POSTED' ? 'NOW' : outcome === 'DUPLICATE' ? 'BEFORE' : undefined
  const [isNew, wasHere] = kind === 'batch' ? [accepted, duplicate] : [total?.new, total?.unchanged]
  if (isNew === events.length && wasHere === 0) return 'NOW'
  return isNew === 0 && wasHere === events.length ? 'BEFORE' : undefined
}

/** Of any kind. */
type Answer = {
  outcome?: string
  accepted?: number
  duplicate?: number
  total?: { new: number; unchanged: number }
}
