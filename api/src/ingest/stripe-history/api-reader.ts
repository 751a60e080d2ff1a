import Stripe from 'stripe'
import type { HistoryReader } from './reader.ts'

const PAGE = 100
/** The library waits longer each time, and as long as Stripe asks for. */
const RETRIES = 6
/** An invoice of a year before says what was held until now. */
const LONGEST_PERIOD = 400 * 86_400

export type Api = {
  key: string
  base: URL
  asOf: string
  since: string | null
}

/** Reads through the official client. The key stays inside it. */
export function apiReader({ key, base, asOf, since }: Api): HistoryReader {
  const stripe = new Stripe(key, {
    host: base.hostname,
    port: base.port === '' ? (base.protocol === 'http:' ? 80 : 443) : base.port,
    protocol: base.protocol === 'http:' ? 'http' : 'https',
    maxNetworkRetries: RETRIES,
    timeout: 60_000,
    telemetry: false,
  })
  const upTo = (instant: string) => ({ created: { lte: seconds(instant) } })
  const invoiced =
    since === null ? upTo(asOf) : { created: { lte: seconds(asOf), gte: Math.max(0, seconds(since) - LONGEST_PERIOD) } }
  return {
    products: () => plain(stripe.products.list({ limit: PAGE, ...upTo(asOf) })),
    prices: () =>
      plain(stripe.prices.list({ limit: PAGE, ...upTo(asOf), expand: ['data.tiers', 'data.currency_options'] })),
    coupons: () => plain(stripe.coupons.list({ limit: PAGE, ...upTo(asOf) })),
    pendingItems: () => plain(stripe.invoiceItems.list({ limit: PAGE, pending: true })),
    customers: (until) => plain(stripe.customers.list({ limit: PAGE, ...upTo(until) })),
    subscriptions: async function* (until) {
      const expand = ['data.discounts', 'data.items.data.discounts']
      const list = stripe.subscriptions.list({ limit: PAGE, status: 'all', ...upTo(until), expand })
      for await (const subscription of list) {
        if (subscription.items.has_more) {
          const items = stripe.subscriptionItems.list({
            ...{ subscription: subscription.id, limit: PAGE, expand: ['data.discounts'] },
          })
          subscription.items.data = await all(items)
          subscription.items.has_more = false
        }
        yield toPlain(subscription)
      }
    },
    schedules: () => plain(stripe.subscriptionSchedules.list({ limit: PAGE, ...upTo(asOf) })),
    invoicesOf: async (subscription) => {
      const expand = ['data.discounts', 'data.lines.data.discounts']
      const invoices = await all(stripe.invoices.list({ subscription, limit: PAGE, ...invoiced, expand }))
      for (const { id, lines } of invoices) {
        if (!lines.has_more || id === undefined) continue
        lines.data = await all(stripe.invoices.listLineItems(id, { limit: PAGE, expand: ['data.discounts'] }))
        lines.has_more = false
      }
      return invoices.map(toPlain)
    },
    price: async (id) => {
      try {
        return toPlain(await stripe.prices.retrieve(id, { expand: ['tiers', 'currency_options'] }))
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined
        throw error
      }
    },
  }
}

const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000)

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const object of list) found.push(object)
  return found
}

async function* plain(list: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const object of list) yield toPlain(object)
}

/** As JSON has it: the client makes objects of its own of decimals. */
const toPlain = (object: unknown): unknown => JSON.parse(JSON.stringify(object))
