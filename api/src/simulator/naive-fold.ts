import { monthStart } from './calendar.ts'
import type { Span, StripeWebhook } from './simulate.ts'
import type { UsageRow } from './usage.ts'

/** Month-end MRR in minor units of its currency, and seats, of one account. */
export type NaiveAccount = { id: string; currency: string; mrr: number[]; seats: number[] }

type Told = {
  id: string
  customer: string
  currency: string
  status: string
  start_date: number
  ended_at: number | null
  pause_collection: unknown
  discounts: { end: number; source: { coupon: { percent_off: number } } }[]
  items: {
    data: { id: string; quantity?: number; price: ToldPrice }[]
  }
}

type ToldPrice = {
  unit_amount: number
  recurring: { interval: string; meter: string | null }
  transform_quantity: { divide_by: number } | null
  product: string
}

/** What a careful reader would make of the webhooks and files, without any of the product's code: the check on the product. */
export function foldNaively(
  webhooks: readonly StripeWebhook[],
  { from, until }: Span,
  usage: readonly { rows: readonly UsageRow[] }[],
): NaiveAccount[] {
  /** Metered item → the month it was first held in: nobody gives one up and takes it again. */
  const since = new Map<string, number>()
  const told = webhooks
    .filter(({ type }) => type.startsWith('customer.subscription.'))
    .map(({ created, body }) => ({ created, object: JSON.parse(new TextDecoder().decode(body)).data.object as Told }))
  const seatProduct = webhooks
    .filter(({ type }) => type === 'product.created')
    .map(
      ({ body }) => JSON.parse(new TextDecoder().decode(body)).data.object as { id: string; unit_label: string | null },
    )
    .find(({ unit_label }) => unit_label === 'seat')?.id
  const accounts = new Map<string, NaiveAccount>()
  for (let month = 0; monthStart(from, month) <= until; month++) {
    const end = monthStart(from, month + 1).getTime() / 1000
    for (const object of statesAt(told, end)) {
      const account = accounts.get(object.customer) ?? {
        id: object.customer,
        currency: object.currency,
        mrr: [],
        seats: [],
      }
      accounts.set(object.customer, account)
      const pays = ['active', 'past_due'].includes(object.status) && object.pause_collection === null
      const off = object.discounts.find((discount) => discount.end >= end)?.source.coupon.percent_off ?? 0
      for (const { id, quantity = 0, price } of object.items.data) {
        const { meter } = price.recurring
        if (meter !== null) {
          const first = since.get(id) ?? month
          since.set(id, first)
          const usedIn = (past: number) =>
            usage[past]?.rows.find((row) => row.account === object.customer && row.metric === meter)?.quantity ?? 0
          const past = [month - 3, month - 2, month - 1].filter((one) => one >= first)
          const hundreds = past.reduce(
            (total, one) => total + Math.ceil(usedIn(one) / (price.transform_quantity?.divide_by ?? 1)),
            0,
          )
          const amount = halfEven(hundreds * price.unit_amount * (100 - off), 100 * Math.max(past.length, 1))
          if (pays) account.mrr[month] = (account.mrr[month] ?? 0) + amount
          continue
        }
        if (!pays) continue
        const months = price.recurring.interval === 'year' ? 12 : 1
        const hundredths = ((quantity * price.unit_amount) / months) * (100 - off)
        account.mrr[month] = (account.mrr[month] ?? 0) + halfEven(hundredths, 100)
        if (price.product === seatProduct) account.seats[month] = (account.seats[month] ?? 0) + quantity
      }
    }
  }
  return [...accounts.values()]
}

/** The last that was told of each subscription, of what counts before an instant. */
function statesAt(told: readonly { created: Date; object: Told }[], end: number): Iterable<Told> {
  const last = new Map<string, Told>()
  for (const { created, object } of told) {
    if ((object.ended_at ?? created.getTime() / 1000) < end) last.set(object.id, object)
  }
  return last.values()
}

/** A fraction to whole minor units; a half goes to the even one. */
function halfEven(numerator: number, denominator: number): number {
  const below = Math.floor(numerator / denominator)
  const twice = 2 * (numerator - below * denominator)
  return twice > denominator || (twice === denominator && below % 2 === 1) ? below + 1 : below
}
