import type { ItemState } from '../../event.ts'
import { type Cursor, entries, field, isObject, refuse, text, whole } from './cursor.ts'
import { readDiscounts, type ToldDiscount, toldDiscounts } from './discounts.ts'
import { NotCounted } from './not-counted.ts'
import { type PricedObject, readCurrency, readPrice } from './price.ts'

/** What a subscription holds: its items, their prices and discounts as they are shown, and the one currency of all. */
export type Holdings = { currency: string; items: ItemState[]; prices: PricedObject[]; discounts: ToldDiscount[] }

/** Largest quantity the ledger keeps. */
export const QUANTITY_LIMIT = 2_147_483_647

/** Reads the items of a subscription object of any API version; throws NotCounted where they cannot be priced. */
export function readHoldings(subscription: Cursor): Holdings {
  const lines = itemCursors(subscription).map((item) => ({ item, object: priceObject(item) }))
  const currency =
    readCurrency(subscription) ?? lines.map((line) => readCurrency(line.object)).find((code) => code !== undefined)
  if (currency === undefined) throw new NotCounted('The subscription names no currency.')
  const region = readRegion(subscription)
  const read = lines.map(({ item, object }) => {
    const priced = inCurrency(readPrice(object, currency), object, currency)
    const itemRegion = readRegion(item) ?? region
    const state: ItemState = {
      item: text(field(item, 'id')) ?? priced.price,
      price: priced.price,
      product: priced.product,
      quantity: readQuantity(item),
      pricing: priced.pricing,
      ...(itemRegion === undefined ? {} : { region: itemRegion }),
      ...readDiscounts(item),
    }
    return { state, priced }
  })
  return {
    currency,
    items: read.map((line) => line.state),
    prices: read.map((line) => line.priced),
    discounts: toldDiscounts([subscription, ...lines.map(({ item }) => item)]),
  }
}

/** Null is one: Stripe leaves the quantity out where it is not asked for. */
export function readQuantity(item: Cursor): number {
  return whole(field(item, 'quantity'), { min: 0, max: QUANTITY_LIMIT }) ?? 1
}

/** Before 2018 a subscription was its own only item, with `plan` and `quantity`. */
function itemCursors(subscription: Cursor): Cursor[] {
  const list = field(subscription, 'items')
  if (field(list, 'has_more').value === true) {
    throw new NotCounted('The list of subscription items is cut short; MRR would be too small.')
  }
  const items = entries(field(list, 'data'))
  if (items.length > 0) return items
  return isObject(field(subscription, 'plan')) ? [{ ...subscription, value: bareItem(subscription) }] : []
}

function bareItem(subscription: Cursor): Record<string, unknown> {
  const plan = field(subscription, 'plan').value
  return { id: field(subscription, 'id').value, plan, quantity: field(subscription, 'quantity').value }
}

function priceObject(item: Cursor): Cursor {
  const object = [field(item, 'price'), field(item, 'plan')].find(isObject)
  if (object === undefined) throw new NotCounted(`${item.path} has neither a price nor a plan.`)
  return object
}

/** A price of another currency counts only where it names its amount in the subscription's. */
export function inCurrency(priced: PricedObject, object: Cursor, currency: string): PricedObject {
  if (priced.pricing.currency === currency) return priced
  const option = field(field(object, 'currency_options'), currency.toLowerCase())
  if (!isObject(option)) {
    throw new NotCounted(`${object.path} is in ${priced.pricing.currency}, the subscription in ${currency}.`)
  }
  const value = { ...(object.value as object), ...(option.value as object), currency } // both were seen to be objects
  return readPrice({ ...object, value }, currency)
}

export function readRegion(holder: Cursor): string | undefined {
  const region = field(field(holder, 'metadata'), 'region')
  if (region.value !== undefined && typeof region.value !== 'string') throw refuse(region, 'text')
  return text(region)
}
