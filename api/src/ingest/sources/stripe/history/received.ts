import type { IngestEvent, InvoiceEvent, UsageEvent } from '../../../event.ts'
import { PayloadError } from '../../../payload/payload-error.ts'
import { checkContent } from '../../../payload/strict-json.ts'
import type { Received } from '../../../received.ts'
import { readCouponEvent, readPriceEvent, readProductEvent } from '../catalog.ts'
import { type Cursor, field, instant, reference, text } from '../cursor.ts'
import { readCustomer } from '../customer.ts'
import { NotCounted } from '../not-counted.ts'
import { readSchedule } from '../schedule.ts'
import type { Gap } from './gap.ts'
import { inFull, type Known } from './in-full.ts'
import { type Rebuilt, rebuildSubscription } from './rebuild.ts'

export type Moment = { source: string; asOf: string; since: string | null }

const READERS = {
  product: readProductEvent,
  price: readPriceEvent,
  plan: readPriceEvent,
  coupon: readCouponEvent,
  customer: readCustomer,
  schedule: readSchedule,
} as const
export type EntityKind = keyof typeof READERS

/** A product, price, coupon, customer or schedule as it was read. What a webhook says of it later wins. */
export function entityReceived(object: unknown, kind: EntityKind, { source, asOf }: Moment): Received {
  const cursor = { source, path: `${kind} ${idOf(object)}`, value: object }
  const deleted = field(cursor, 'deleted').value === true
  return received(cursor, kind, object, () => {
    const { account, events } = READERS[kind]({
      kind: deleted ? `${kind}.deleted` : `${kind}.updated`,
      object: cursor,
      at: asOf,
    })
    return { account, events }
  })
}

export type Papers = { object: unknown; invoices: readonly unknown[]; pending: readonly unknown[] }

/** A subscription with what its invoices tell of the time before. What it is made of is kept beside it, without people's details. */
export function subscriptionReceived(papers: Papers, known: Known, moment: Moment): Received[] {
  const { source, asOf, since } = moment
  const id = idOf(papers.object)
  const cursor = (value: unknown, path: string): Cursor => ({ source, path, value: inFull(value, known) })
  const object = cursor(papers.object, `subscription ${id}`)
  const kept: Pick<Rebuilt, 'lines' | 'gaps'> = { lines: [], gaps: [] }
  const usage: UsageEvent[] = []
  const invoices: InvoiceEvent[] = []
  const read = received(object, 'subscription', papers.object, () => {
    const rebuilt = rebuildSubscription({
      object,
      invoices: papers.invoices.map((invoice) => cursor(invoice, `invoice ${idOf(invoice)} of ${id}`)),
      pending: papers.pending.map((item) => cursor(item, `invoice item ${idOf(item)} of ${id}`)),
      asOf,
      since,
    })
    kept.lines = rebuilt.lines
    kept.gaps = rebuilt.gaps
    usage.push(...rebuilt.usage)
    invoices.push(...rebuilt.invoices)
    return { account: rebuilt.account, events: rebuilt.events }
  })
  const subscription = { ...read, raw: bytesOf({ asOf, since, subscription: papers.object, ...kept }) }
  return [
    subscription,
    ...(usage.length === 0 ? [] : [usageReceived(id, read.account, usage)]),
    ...(invoices.length === 0 ? [] : [invoicesReceived(id, { account: read.account, invoices, asOf })]),
  ]
}

/** What its invoices ask for, as their webhooks would tell it: as of the reading, whose end moves the watermark. */
function invoicesReceived(
  id: string,
  { account, invoices, asOf }: { account: string | null; invoices: InvoiceEvent[]; asOf: string },
): Received {
  return {
    ...{ externalId: `${PREFIX}${id}:invoices`, kind: 'history.invoices', account, events: invoices },
    ...{ raw: bytesOf({ asOf, invoices }), eventTime: EPOCH },
  }
}

/** What metered items used, as of the latest reading: a reading that lies ahead of the delivery would not be believed. */
function usageReceived(id: string, account: string | null, usage: UsageEvent[]): Received {
  const [eventTime = EPOCH] = usage
    .flatMap(({ at }) => at ?? [])
    .sort()
    .reverse()
  return {
    ...{ externalId: `${PREFIX}${id}:usage`, kind: 'history.usage', account, events: usage },
    ...{ raw: bytesOf(usage), eventTime },
  }
}

/** What was kept of a subscription's gaps. */
export function gapsOf({
  kind,
  externalId,
  raw,
  ignored,
}: Pick<Received, 'kind' | 'externalId' | 'raw' | 'ignored'>): Gap[] {
  const of = externalId.slice(PREFIX.length).replace(/\/\d+$/, '')
  if (ignored !== undefined) return [{ code: 'NOT_COUNTED', of, note: ignored }]
  if (kind !== 'history.subscription') return []
  return (JSON.parse(Buffer.from(raw).toString('utf8')) as { gaps: Gap[] }).gaps // written below
}

export const PREFIX = 'history:'

function received(
  object: Cursor,
  kind: string,
  value: unknown,
  read: () => { account: string | null; events: IngestEvent[] },
): Received {
  const bare = {
    // The vendor chooses the ids of coupons.
    externalId: `${PREFIX}${kind === 'coupon' ? 'coupon:' : ''}${idOf(value)}`,
    kind: `history.${kind}`,
    raw: bytesOf(value),
    // The source's watermark moves when all has been read, not with the first object.
    eventTime: createdOf(object),
  }
  try {
    checkContent(value, object.source)
    return { ...bare, ...read() }
  } catch (error) {
    if (!(error instanceof NotCounted || error instanceof PayloadError)) throw error
    return { ...bare, account: null, events: [], ignored: error.message }
  }
}

function createdOf(object: Cursor): string {
  return typeof field(object, 'created').value === 'number' ? (instant(field(object, 'created')) ?? EPOCH) : EPOCH
}

const EPOCH = new Date(0).toISOString()

export function idOf(object: unknown): string {
  const id = object !== null && typeof object === 'object' && 'id' in object ? object.id : undefined
  return typeof id === 'string' ? id : ''
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

/** The subscription of a pending invoice item or of an invoice. */
export function subscriptionIdOf(object: unknown): string | undefined {
  const cursor = { source: 'stripe', path: '$', value: object }
  const details = field(field(cursor, 'parent'), 'subscription_details')
  return (
    reference(field(cursor, 'subscription')) ??
    reference(field(details, 'subscription')) ??
    text(field(cursor, 'subscription_id'))
  )
}
