import type { IngestEvent, SubscriptionEvent } from '../../event.ts'
import type { Received } from '../../received.ts'
import { readStripe } from './stripe.ts'

/** Small Stripe payloads for tests: only what a case is about differs. */
type Fields = Record<string, unknown>

export const START = 1_700_000_000

export function aPrice(fields: Fields = {}): Fields {
  const recurring = { interval: 'month', interval_count: 1, usage_type: 'licensed' }
  return {
    id: 'price_basic',
    object: 'price',
    billing_scheme: 'per_unit',
    currency: 'usd',
    product: 'prod_core',
    nickname: 'Basic',
    type: 'recurring',
    unit_amount: 1000,
    recurring,
    ...fields,
  }
}

export function anItem(fields: Fields = {}): Fields {
  return { id: 'si_1', object: 'subscription_item', metadata: {}, price: aPrice(), quantity: 10, ...fields }
}

export function aSubscription(fields: Fields & { items?: Fields[] } = {}): Fields {
  const { items = [anItem()], ...rest } = fields
  return {
    id: 'sub_1',
    object: 'subscription',
    customer: 'cus_1',
    status: 'active',
    currency: 'usd',
    start_date: START,
    created: START,
    metadata: {},
    items: { object: 'list', has_more: false, data: items },
    ...rest,
  }
}

export function anEvent(type: string, object: unknown, fields: Fields = {}): Fields {
  return { id: 'evt_1', object: 'event', api_version: '2025-10-29', created: START, type, data: { object }, ...fields }
}

export function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

export const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

export function read(event: unknown): Received {
  return readStripe(toBytes(event), 'stripe')
}

export function subscriptionOf(events: IngestEvent[]): SubscriptionEvent {
  const found = events.find((event) => event.type === 'subscription')
  if (found?.type !== 'subscription') throw new Error('There is no subscription event')
  return found
}

/** The subscription event made of an object, `later` seconds after the start. */
export function subscription(object: unknown, kind = 'updated', later = 100): SubscriptionEvent {
  return subscriptionOf(read(anEvent(`customer.subscription.${kind}`, object, { created: START + later })).events)
}
