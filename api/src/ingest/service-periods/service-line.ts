import type { Price } from '../../ledger/price.ts'

/** One line of an invoice that recurs: what was held in a service period, and what was asked for it. */
export type ServiceLine = {
  line: string
  invoice: string
  start: string
  end: string
  /** A part of a billing period, because something changed within it. */
  proration: boolean
  /** Minor units before discounts, decimal. */
  amount: string
  quantity: number
  priced: { price: string; product: string; pricing: Price }
  /** A fee beside the units of a tiered price, of which it is none. */
  flatFee: boolean
  /** Ids of the discounts, with the amount each took off. */
  discounts: { id: string; amount: string }[]
}

/** Takes back what was held: the unused time of a proration. */
export const isCredit = (line: ServiceLine): boolean => line.proration && line.amount.startsWith('-')

/** Nothing was asked for what has a price: a trial. */
export function isTrial({ proration, amount, quantity, priced }: ServiceLine): boolean {
  const { unitAmount, tiers } = priced.pricing
  const isFree = tiers
    ? tiers.some((tier) => tier.unitAmount === '0' && tier.flatAmount === '0')
    : unitAmount === '0' || unitAmount === null
  return !proration && amount === '0' && quantity > 0 && !isFree && priced.pricing.usage !== 'METERED'
}
