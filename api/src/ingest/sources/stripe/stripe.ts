import { sha256 } from '../../../shared/canonical.ts'
import type { IngestEvent } from '../../event.ts'
import { checkContent, parseJson } from '../../payload/strict-json.ts'
import type { Received } from '../../received.ts'
import { readCouponEvent, readDiscountEvent, readPriceEvent, readProductEvent } from './catalog.ts'
import { type Cursor, field, instant, isObject } from './cursor.ts'
import { readCustomer } from './customer.ts'
import { readInvoice } from './invoice.ts'
import { NotCounted } from './not-counted.ts'
import { readSchedule } from './schedule.ts'
import { readSubscription } from './subscription.ts'

type Reader = (input: { kind: string; object: Cursor; at: string }) => {
  account: string | null
  events: IngestEvent[]
}

/** What we count. Every other kind of event is stored and ignored, with the reason. */
const READERS: Record<string, Reader> = {
  'customer.created': readCustomer,
  'customer.updated': readCustomer,
  'customer.deleted': readCustomer,
  'customer.subscription.created': readSubscription,
  'customer.subscription.updated': readSubscription,
  'customer.subscription.deleted': readSubscription,
  'customer.subscription.paused': readSubscription,
  'customer.subscription.resumed': readSubscription,
  'customer.subscription.pending_update_applied': readSubscription,
  'customer.subscription.pending_update_expired': readSubscription,
  'customer.subscription.trial_will_end': readSubscription,
  'invoice.created': readInvoice,
  'invoice.updated': readInvoice,
  'invoice.finalized': readInvoice,
  'invoice.paid': readInvoice,
  'invoice.voided': readInvoice,
  'invoice.marked_uncollectible': readInvoice,
  'invoice.deleted': readInvoice,
  'customer.discount.created': readDiscountEvent,
  'customer.discount.updated': readDiscountEvent,
  'customer.discount.deleted': readDiscountEvent,
  'coupon.created': readCouponEvent,
  'coupon.updated': readCouponEvent,
  'coupon.deleted': readCouponEvent,
  'subscription_schedule.created': readSchedule,
  'subscription_schedule.updated': readSchedule,
  'subscription_schedule.expiring': readSchedule,
  'subscription_schedule.released': readSchedule,
  'subscription_schedule.canceled': readSchedule,
  'subscription_schedule.aborted': readSchedule,
  'subscription_schedule.completed': readSchedule,
  'price.created': readPriceEvent,
  'price.updated': readPriceEvent,
  'price.deleted': readPriceEvent,
  'plan.created': readPriceEvent,
  'plan.updated': readPriceEvent,
  'plan.deleted': readPriceEvent,
  'product.created': readProductEvent,
  'product.updated': readProductEvent,
  'product.deleted': readProductEvent,
}

/**
 * The body of a Stripe webhook in our words. Pure. Throws a PayloadError where the body cannot be trusted;
 * what we do not count comes back as ignored.
 */
export function readStripe(raw: Uint8Array, source: string): Received {
  const event: Cursor = { source, path: '$', value: parseJson(raw, source) }
  const id = readWord(field(event, 'id'))
  const kind = readWord(field(event, 'type'))
  const bare = { externalId: id ?? `sha256:${sha256(raw)}`, kind: kind ?? 'unknown', raw, account: null }
  const ignore = (reason: string, eventTime = EPOCH): Received => ({ ...bare, eventTime, events: [], ignored: reason })

  if (field(event, 'object').value !== 'event' || !id || !kind) return ignore('Not a Stripe event.')
  const at = readTime(event)
  const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined
  if (!reader) return ignore(`Events of the kind ${kind} are not counted.`, at)
  checkContent(event.value, source)
  if (!at) return ignore('The event does not say when it was created.')
  const object = field(field(event, 'data'), 'object')
  if (!isObject(object)) return ignore('The event carries no object.', at)
  const connected = readWord(field(event, 'account'))
  if (connected) return ignore(`The event is of the connected account ${connected}.`, at)
  try {
    return { ...bare, eventTime: at, ...reader({ kind, object, at }) }
  } catch (error) {
    if (error instanceof NotCounted) return ignore(error.message, at)
    throw error
  }
}

const EPOCH = new Date(0).toISOString()

function readTime(event: Cursor): string | undefined {
  return typeof field(event, 'created').value === 'number' ? instant(field(event, 'created')) : undefined
}

/** Ids and kinds are printable ASCII without spaces; anything else is no Stripe event. */
function readWord({ value }: Cursor): string | undefined {
  return typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value) ? value : undefined
}
