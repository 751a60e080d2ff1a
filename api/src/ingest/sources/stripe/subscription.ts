import { NO_CURRENCY } from '../../../shared/money.ts'
import type { DiscountEvent, IngestEvent, SubscriptionEvent, SubscriptionStatus } from '../../event.ts'
import { type Cursor, entries, field, instant, isObject, reference, text } from './cursor.ts'
import { readDiscounts, toldDiscounts } from './discounts.ts'
import { type Holdings, readHoldings } from './items.ts'
import { NotCounted } from './not-counted.ts'
import { catalogEvents } from './price.ts'
import { endRequested, readTerm } from './term.ts'

/** How far the start of a billing period may lie before the event that reports it, in milliseconds. */
const RENEWAL_DELAY = 3_600_000

const STATUSES: Record<string, SubscriptionStatus> = {
  active: 'ACTIVE',
  trialing: 'TRIAL',
  past_due: 'PAST_DUE',
  unpaid: 'UNPAID',
  paused: 'PAUSED',
  incomplete: 'INCOMPLETE',
  incomplete_expired: 'INCOMPLETE',
  canceled: 'ENDED',
}

/** A customer.subscription.* event: the state of the subscription, and the prices and products it shows. */
export function readSubscription(input: { kind: string; object: Cursor; at: string }): {
  account: string
  events: IngestEvent[]
} {
  const { kind, object, at } = input
  const subscription = text(field(object, 'id'))
  if (subscription === undefined) throw new NotCounted('The subscription has no id.')
  const account = reference(field(object, 'customer'))
  if (account === undefined) throw new NotCounted('The subscription belongs to no customer.')
  const status = kind === 'customer.subscription.deleted' ? 'ENDED' : readStatus(object)
  const { currency, items, prices, discounts } = holdings(object, status)
  const from = effectiveAt({ kind, object, at, status })
  const event: SubscriptionEvent = {
    type: 'subscription',
    account,
    subscription,
    at,
    rank: rankOf(kind),
    effectiveAt: from,
    state: {
      status,
      currency,
      items,
      ...readDiscounts(object),
      ...(renewed({ kind, object, at }) ? { renewed: true } : {}),
      ...(status === 'ENDED' ? endRequested(object, from) : readTerm(object, { currency, at })),
    },
  }
  const told = discounts.map((discount): DiscountEvent => ({ type: 'discount', at, ...discount }))
  return { account, events: [...prices.flatMap((price) => catalogEvents(price, at)), ...told, event] }
}

/** Status in our words; a subscription that collects nothing for now is paused. */
function readStatus(object: Cursor): SubscriptionStatus {
  const cursor = field(object, 'status')
  const word = text(cursor)
  const status = word === undefined ? undefined : STATUSES[word]
  if (status === undefined) throw new NotCounted(`${cursor.path} ${JSON.stringify(word)} is not a status we know.`)
  const collects = !isObject(field(object, 'pause_collection'))
  return collects || status === 'ENDED' || status === 'TRIAL' || status === 'INCOMPLETE' ? status : 'PAUSED'
}

/** An end must never be lost for the sake of what was held. */
function holdings(object: Cursor, status: SubscriptionStatus): Holdings {
  try {
    return readHoldings(object)
  } catch (error) {
    if (status !== 'ENDED' || !(error instanceof NotCounted)) throw error
    return { currency: NO_CURRENCY, items: [], prices: [], discounts: toldDiscounts([object]) }
  }
}

function rankOf(kind: string): number {
  if (kind === 'customer.subscription.created') return 0
  return kind === 'customer.subscription.deleted' ? 2 : 1
}

/** A start counts from the start date, an end from when service ended, anything else from when it happened. */
function effectiveAt(input: { kind: string; object: Cursor; at: string; status: SubscriptionStatus }): string {
  const { kind, object, at, status } = input
  const first = (...names: string[]) =>
    names.map((name) => instant(field(object, name))).find((value) => value !== undefined) ?? at
  if (status === 'ENDED') return first('ended_at', 'canceled_at')
  return kind === 'customer.subscription.created' ? first('start_date', 'start', 'created') : at
}

/** True when the billing period began with this event. The period is the subscription's, or its items'. */
function renewed(input: { kind: string; object: Cursor; at: string }): boolean {
  if (input.kind !== 'customer.subscription.updated') return false
  const holders = [input.object, ...entries(field(field(input.object, 'items'), 'data'))]
  return holders.some((holder) => {
    const start = instant(field(holder, 'current_period_start'))
    if (start === undefined) return false
    const delay = Date.parse(input.at) - Date.parse(start)
    return delay >= 0 && delay <= RENEWAL_DELAY
  })
}
