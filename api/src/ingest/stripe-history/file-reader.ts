import { subscriptionIdOf } from '../sources/stripe/history/received.ts'
import type { Exports } from './read-exports.ts'
import type { HistoryReader } from './reader.ts'

type Fields = Record<string, unknown>

/** Reads exported objects as the API would list them. */
export function fileReader({ objects }: Exports): HistoryReader {
  const all = (kind: string): Fields[] => [...(objects.get(kind)?.values() ?? [])]
  const invoices = new Map<string, Fields[]>()
  for (const invoice of all('invoice')) {
    for (const id of subscriptionsOf(invoice)) invoices.set(id, [...(invoices.get(id) ?? []), invoice])
  }
  const upTo = (kind: string, until: string) =>
    newestFirst(all(kind).filter(({ created }) => Number(created ?? 0) * 1000 <= Date.parse(until)))
  return {
    products: () => each(all('product')),
    prices: () => each(pricesOf([...all('price'), ...all('plan')], all('subscription'))),
    coupons: () => each(all('coupon')),
    pendingItems: () => each(all('invoiceitem').filter(({ invoice }) => invoice === null || invoice === undefined)),
    customers: (until) => each(upTo('customer', until)),
    subscriptions: (until) => each(upTo('subscription', until)),
    schedules: () => each(all('subscription_schedule')),
    invoicesOf: async (id) => newestFirst(invoices.get(id) ?? []),
    price: async () => undefined,
  }
}

/** An invoice by hand may carry lines of a subscription that it does not name. */
function subscriptionsOf(invoice: Fields): Set<string> {
  const lines = (invoice['lines'] as { data?: unknown } | undefined)?.data
  const named = [invoice, ...(Array.isArray(lines) ? lines : [])].map(subscriptionIdOf)
  return new Set(named.filter((id) => id !== undefined))
}

/** Those listed, and those that only items show. */
function pricesOf(listed: readonly Fields[], subscriptions: readonly Fields[]): Fields[] {
  const known = new Map(listed.map((price) => [price['id'], price]))
  const items = subscriptions.flatMap(({ items }) => (items as { data?: Fields[] } | undefined)?.data ?? [])
  for (const price of items.map((item) => item['price'] as Fields | undefined)) {
    if (typeof price?.['id'] === 'string' && !known.has(price['id'])) known.set(price['id'], price)
  }
  return [...known.values()]
}

/** The latest instant that the objects tell of: as of then they are. */
export function latestOf({ objects }: Exports): string {
  const times = [...objects.values()].flatMap((kind) =>
    [...kind.values()].flatMap((object) => TIMES.map((name) => object[name])),
  )
  const latest = times.reduce<number>((last, time) => (typeof time === 'number' && time > last ? time : last), 0)
  return new Date(latest * 1000).toISOString()
}

const TIMES = ['created', 'updated', 'ended_at', 'canceled_at', 'current_period_start', 'trial_start', 'date']

async function* each(list: readonly unknown[]): AsyncGenerator<unknown> {
  yield* list
}

const newestFirst = (list: Fields[]): Fields[] =>
  [...list].sort((a, b) => Number(b['created'] ?? 0) - Number(a['created'] ?? 0))
