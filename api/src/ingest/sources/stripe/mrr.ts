import type { Price } from '../../../ledger/price.ts'
import { field, text } from './cursor.ts'
import { readHoldings } from './items.ts'

/** The ledger's pricing of one item. */
export type MonthlyAmount = (price: Price, quantity: number) => bigint

/** MRR of one bare Stripe subscription object at list price, in minor units: 0 unless it is active or past due. */
export function subscriptionMrr(object: unknown, monthlyAmount: MonthlyAmount): bigint {
  const subscription = { source: 'stripe', path: '$', value: object }
  const status = text(field(subscription, 'status'))
  if (status !== 'active' && status !== 'past_due') return 0n
  const { items } = readHoldings(subscription)
  return items.reduce((sum, item) => sum + monthlyAmount(item.pricing, item.quantity), 0n)
}
