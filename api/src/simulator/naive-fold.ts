import { monthStart } from './calendar.ts'
import type { Span, StripeWebhook } from './simulate.ts'

/** Month-end MRR in yen and seats of one account. */
export type NaiveAccount = { id: string; mrr: number[]; seats: number[] }

type Told = {
  id: string
  customer: string
  status: string
  start_date: number
  ended_at: number | null
  pause_collection: unknown
  discounts: { end: number; source: { coupon: { percent_off: number } } }[]
  items: {
    data: { quantity: number; price: { unit_amount: number; recurring: { interval: string }; product: string } }[]
  }
}

/** What a careful reader would make of the webhooks, without any of the product's code: the check on the product. */
export function foldNaively(webhooks: readonly StripeWebhook[], { from, until }: Span): NaiveAccount[] {
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
      const account = accounts.get(object.customer) ?? { id: object.customer, mrr: [], seats: [] }
      accounts.set(object.customer, account)
      const pays = ['active', 'past_due'].includes(object.status) && object.pause_collection === null
      const off = object.discounts.find((discount) => discount.end >= end)?.source.coupon.percent_off ?? 0
      for (const { quantity, price } of pays ? object.items.data : []) {
        const months = price.recurring.interval === 'year' ? 12 : 1
        const hundredths = ((quantity * price.unit_amount) / months) * (100 - off)
        account.mrr[month] = (account.mrr[month] ?? 0) + halfEven(hundredths)
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

/** Hundredths to whole yen; a half goes to the even one. */
function halfEven(hundredths: number): number {
  const below = Math.floor(hundredths / 100)
  const rest = hundredths - below * 100
  return rest > 50 || (rest === 50 && below % 2 === 1) ? below + 1 : below
}
