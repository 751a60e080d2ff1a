import type { IngestEvent } from '../../event.ts'
import { type Cursor, field, text } from './cursor.ts'
import { readTerms, toldDiscount } from './discounts.ts'
import { NotCounted } from './not-counted.ts'
import { catalogEvents, readCurrency, readPrice } from './price.ts'

/** A price.* or plan.* event. */
export function readPriceEvent(input: { object: Cursor; at: string }): { account: null; events: IngestEvent[] } {
  if (text(field(input.object, 'id')) === undefined) throw new NotCounted('The price has no id.')
  const currency = readCurrency(input.object)
  if (currency === undefined) throw new NotCounted('The price names no currency.')
  return { account: null, events: catalogEvents(readPrice(input.object, currency), input.at) }
}

/** A product.* event. */
export function readProductEvent(input: { kind: string; object: Cursor; at: string }): {
  account: null
  events: IngestEvent[]
} {
  const product = text(field(input.object, 'id'))
  if (product === undefined) throw new NotCounted('The product has no id.')
  const name = text(field(input.object, 'name')) ?? product
  const deleted = input.kind === 'product.deleted' ? { deleted: true } : {}
  return { account: null, events: [{ type: 'product', product, at: input.at, name, ...deleted }] }
}

/** A coupon.* event: what it takes off, for discounts that name it by id. */
export function readCouponEvent(input: { object: Cursor; at: string }): { account: null; events: IngestEvent[] } {
  const coupon = text(field(input.object, 'id'))
  if (coupon === undefined) throw new NotCounted('The coupon has no id.')
  const terms = readTerms(input.object)
  if (terms === undefined) throw new NotCounted('The coupon takes nothing off.')
  return { account: null, events: [{ type: 'coupon', coupon, at: input.at, terms }] }
}

/** A customer.discount.* event: what a discount is, for subscriptions that name it by id. */
export function readDiscountEvent(input: { object: Cursor; at: string }): { account: null; events: IngestEvent[] } {
  const told = toldDiscount(input.object)
  if (told === undefined) throw new NotCounted('The discount does not say what it takes off.')
  return { account: null, events: [{ type: 'discount', at: input.at, ...told }] }
}
