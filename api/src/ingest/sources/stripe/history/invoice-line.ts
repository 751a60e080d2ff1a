import type { PricedObject } from '../price.ts'

/** NO: void, or a draft that was never sent. */
export type Standing = 'YES' | 'UNCOLLECTIBLE' | 'NO'

/** One subscription line of an invoice, of any API version: what was held, from when until when. */
export type InvoiceLine = {
  line: string
  invoice: string
  subscription: string
  /** Subscription item; null where an old version does not name it. */
  item: string | null
  start: string
  end: string
  counts: Standing
  proration: boolean
  /** Minor units as Stripe writes them, before discounts. */
  amount: string
  quantity: number
  priced: PricedObject
  /** A flat fee of a tier: beside the units, of which it is none. */
  flatFee: boolean
  /** Ids of the discounts, with the amount each took off. */
  discounts: { id: string; amount: string }[]
}

/** Takes back what was held: the unused time of a proration. */
export const isCredit = (line: InvoiceLine): boolean => line.proration && line.amount.startsWith('-')

/** Nothing was asked for what has a price: a trial. */
export function isTrial({ proration, amount, quantity, priced }: InvoiceLine): boolean {
  const { unitAmount, tiers } = priced.pricing
  const isFree = tiers
    ? tiers.some((tier) => tier.unitAmount === '0' && tier.flatAmount === '0')
    : unitAmount === '0' || unitAmount === null
  return !proration && amount === '0' && quantity > 0 && !isFree && priced.pricing.usage !== 'METERED'
}
