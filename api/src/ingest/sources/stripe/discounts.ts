import type { Discount, DiscountEvent, DiscountTerms, NamedDiscount } from '../../event.ts'
import { amount, type Cursor, entries, field, instant, isObject, reference, refuse, text } from './cursor.ts'
import { isoMinor } from './minor-units.ts'

/** What a discount says of itself, apart from when. */
export type ToldDiscount = Omit<DiscountEvent, 'type' | 'at'>

export type ReadDiscounts = {
  discounts?: Discount[]
  namedDiscounts?: NamedDiscount[]
}

/**
 * Discounts of a subscription or an item: those shown with their coupon, and those that newer API versions list by id alone unless the
 * endpoint expands them. The latter count by what is said of them elsewhere.
 */
export function readDiscounts(holder: Cursor): ReadDiscounts {
  const shown = discountsIn(holder).map((discount) => readDiscount(discount))
  const discounts = shown.filter((discount) => discount !== undefined && isTold(discount))
  const namedDiscounts = shown.filter((discount) => discount !== undefined && !isTold(discount))
  return {
    ...(discounts.length === 0 ? {} : { discounts: discounts as Discount[] }), // as isTold found them
    ...(namedDiscounts.length === 0 ? {} : { namedDiscounts: namedDiscounts as NamedDiscount[] }), // the others
  }
}

/** What these holders tell of discounts that other events may name by id. */
export function toldDiscounts(holders: readonly Cursor[]): ToldDiscount[] {
  return holders
    .flatMap(discountsIn)
    .filter(isObject)
    .flatMap((discount) => toldDiscount(discount) ?? [])
}

export function toldDiscount(discount: Cursor): ToldDiscount | undefined {
  const id = text(field(discount, 'id'))
  if (id === undefined) return undefined
  const coupon = couponOf(discount)
  const couponId = reference(coupon)
  const end = instant(field(discount, 'end'))
  const terms = isObject(coupon) ? readTerms(coupon) : undefined
  if (couponId === undefined && terms === undefined) return undefined
  return {
    discount: id,
    ...(couponId === undefined ? {} : { coupon: couponId }),
    ...(end === undefined ? {} : { end }),
    ...(terms === undefined ? {} : { terms }),
  }
}

/** Newer lists show both: an empty one stands for none. */
function discountsIn(holder: Cursor): Cursor[] {
  const listed = entries(field(holder, 'discounts'))
  return listed.length > 0 ? listed : [field(holder, 'discount')]
}

/** Undefined where there is none, and where its coupon takes nothing off. A phase of a schedule names coupons. */
export function readDiscount(discount: Cursor): Discount | NamedDiscount | undefined {
  if (!isObject(discount)) {
    const id = text(discount)
    return id === undefined ? undefined : { id }
  }
  const coupon = couponOf(discount)
  const couponId = reference(coupon)
  const id = text(field(discount, 'id')) ?? reference(field(discount, 'discount')) ?? couponId
  const end = instant(field(discount, 'end'))
  const common = { id: id ?? 'discount', ...(end === undefined ? {} : { end }) }
  if (isObject(coupon)) {
    const terms = readTerms(coupon)
    return terms && { ...common, ...terms }
  }
  if (id === undefined) return undefined
  return { ...common, ...(couponId === undefined ? {} : { coupon: couponId }) }
}

export const isTold = (discount: Discount | NamedDiscount): discount is Discount =>
  'percentOff' in discount || 'amountOff' in discount

function couponOf(discount: Cursor): Cursor {
  const own = field(discount, 'coupon')
  return own.value === undefined ? field(field(discount, 'source'), 'coupon') : own
}

/** What a coupon takes off; undefined where it says nothing of it. */
export function readTerms(coupon: Cursor): DiscountTerms | undefined {
  const once = text(field(coupon, 'duration')) === 'once' ? { once: true } : {}
  const percentOff = readPercent(field(coupon, 'percent_off_precise')) ?? readPercent(field(coupon, 'percent_off'))
  if (percentOff !== undefined) return { percentOff, ...once }
  const amountOff = amount(field(coupon, 'amount_off'))
  if (amountOff === undefined) return undefined
  const currency = (text(field(coupon, 'currency')) ?? 'usd').toUpperCase()
  return { amountOff: isoMinor(amountOff, currency), ...once }
}

/** A percentage is the one number that may have a fraction: 12.5. */
function readPercent(cursor: Cursor): string | undefined {
  const { value } = cursor
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) throw refuse(cursor, 'a number from 0 to 100')
  return value.toFixed(6).replace(/\.?0+$/, '')
}
