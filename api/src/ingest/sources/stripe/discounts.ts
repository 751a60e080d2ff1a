import type { Discount } from '../../event.ts'
import { amount, type Cursor, entries, field, instant, isObject, refuse, text } from './cursor.ts'
import { isoMinor } from './minor-units.ts'

/**
 * Discounts of a subscription or an item that recur: forever, or repeating until they end. Those that apply once are not MRR.
 * Newer API versions list ids unless the endpoint expands them; an id alone says nothing and is left out.
 */
export function readDiscounts(holder: Cursor): Discount[] {
  const listed = entries(field(holder, 'discounts'))
  const candidates = listed.length > 0 ? listed : [field(holder, 'discount')]
  return candidates.filter(isObject).flatMap(readDiscount)
}

export function readDiscount(discount: Cursor): Discount[] {
  const coupon = [field(discount, 'coupon'), field(field(discount, 'source'), 'coupon')].find(isObject)
  if (coupon === undefined || text(field(coupon, 'duration')) === 'once') return []
  const end = instant(field(discount, 'end'))
  const common = {
    id: text(field(discount, 'id')) ?? text(field(coupon, 'id')) ?? 'discount',
    ...(end === undefined ? {} : { end }),
  }
  const percentOff = readPercent(field(coupon, 'percent_off_precise')) ?? readPercent(field(coupon, 'percent_off'))
  if (percentOff !== undefined) return [{ ...common, percentOff }]
  const amountOff = amount(field(coupon, 'amount_off'))
  if (amountOff === undefined) return []
  const currency = (text(field(coupon, 'currency')) ?? 'usd').toUpperCase()
  return [{ ...common, amountOff: isoMinor(amountOff, currency) }]
}

/** A percentage is the one number that may have a fraction: 12.5. */
function readPercent(cursor: Cursor): string | undefined {
  const { value } = cursor
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) throw refuse(cursor, 'a number from 0 to 100')
  return value.toFixed(6).replace(/\.?0+$/, '')
}
