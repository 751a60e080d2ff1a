import type { Aggregation, Price } from '../../../ledger/price.ts'
import type { PriceEvent, ProductEvent } from '../../event.ts'
import { amount, type Cursor, entries, field, isObject, reference, refuse, text, whole } from './cursor.ts'
import { inIsoMinor } from './minor-units.ts'

/** A price as Stripe describes it, in a price object or in a plan of older API versions. */
export type PricedObject = { price: string; product: string; productName?: string; pricing: Price } & Pick<
  PriceEvent,
  'nickname' | 'lookupKey'
>

/** Reads a price or plan object. `currency` is used where the object does not name its own. */
export function readPrice(object: Cursor, currency: string): PricedObject {
  const price = text(field(object, 'id'))
  if (price === undefined) throw refuse(field(object, 'id'), 'the id of the price')
  const product = field(object, 'product')
  const nickname = text(field(object, 'nickname'))
  const lookupKey = text(field(object, 'lookup_key'))
  // Plans of before 2018 carry the product's name themselves and name no product.
  const productName = text(field(product, 'name')) ?? text(field(object, 'name'))
  return {
    price,
    product: reference(product) ?? price,
    ...(productName === undefined ? {} : { productName }),
    ...(nickname === undefined ? {} : { nickname }),
    ...(lookupKey === undefined ? {} : { lookupKey }),
    pricing: readPricing(object, currency),
  }
}

/** What is named by its id alone: what is said of it elsewhere takes its place. */
export const unpriced = (currency: string): Price => ({
  ...{ currency, scheme: 'PER_UNIT', unitAmount: null, interval: 'MONTH', intervalCount: 1, usage: 'LICENSED' },
})

/** The catalogue events that an embedded price gives, so that a lost price.* event is no loss. */
export function catalogEvents(priced: PricedObject, at: string): (PriceEvent | ProductEvent)[] {
  const { productName, ...rest } = priced
  const event: PriceEvent = { type: 'price', at, ...rest }
  if (productName === undefined) return [event]
  return [{ type: 'product', product: priced.product, at, name: productName }, event]
}

/** The currency an object names, in upper case. */
export function readCurrency(object: Cursor): string | undefined {
  const cursor = field(object, 'currency')
  const code = text(cursor)
  if (code !== undefined && !/^[A-Za-z]{3}$/.test(code)) throw refuse(cursor, 'an ISO 4217 code such as "usd"')
  return code?.toUpperCase()
}

function readPricing(object: Cursor, fallbackCurrency: string): Price {
  const recurring = isObject(field(object, 'recurring')) ? field(object, 'recurring') : object
  const currency = readCurrency(object) ?? fallbackCurrency
  const interval = text(field(recurring, 'interval'))
  const oneTime = text(field(object, 'type')) === 'one_time' || interval === undefined
  const tiers = readTiers(field(object, 'tiers'))
  const transform = readTransform(object)
  return inIsoMinor({
    currency,
    scheme: readScheme(object),
    unitAmount: readUnitAmount(object) ?? null,
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(transform === undefined ? {} : { transformQuantity: transform }),
    interval: readInterval(field(recurring, 'interval')),
    intervalCount: whole(field(recurring, 'interval_count'), { min: 1, max: 1000 }) ?? 1,
    ...readUsage(recurring),
    ...(oneTime ? { oneTime } : {}),
    ...(text(field(field(object, 'metadata'), 'kind')) === 'add_on' ? { addOn: true } : {}),
  })
}

/** aggregate_usage of prices without a meter; a meter says so itself. */
const AGGREGATIONS: Record<string, Aggregation> = {
  sum: 'SUM',
  max: 'MAX',
  last_during_period: 'LAST',
  last_ever: 'LAST_EVER',
}

/** True of a price or plan that bills what was used. */
export const isMetered = (object: Cursor): boolean =>
  text(field(isObject(field(object, 'recurring')) ? field(object, 'recurring') : object, 'usage_type')) === 'metered'

function readUsage(recurring: Cursor): Pick<Price, 'usage' | 'meter' | 'aggregation'> {
  if (text(field(recurring, 'usage_type')) !== 'metered') return { usage: 'LICENSED' }
  const meter = reference(field(recurring, 'meter'))
  const aggregation = AGGREGATIONS[text(field(recurring, 'aggregate_usage')) ?? '']
  return { usage: 'METERED', ...(meter === undefined ? {} : { meter }), ...(aggregation && { aggregation }) }
}

function readScheme(object: Cursor): Price['scheme'] {
  if (text(field(object, 'billing_scheme')) !== 'tiered') return 'PER_UNIT'
  const mode = field(object, 'tiers_mode')
  if (mode.value === 'graduated') return 'GRADUATED'
  if (mode.value === 'volume') return 'VOLUME'
  throw refuse(mode, '"graduated" or "volume"')
}

/** Prices say unit_amount, plans say amount; neither when tiers or the buyer decide. */
function readUnitAmount(object: Cursor): string | undefined {
  const name = text(field(object, 'object')) === 'price' ? 'unit_amount' : 'amount'
  const other = name === 'amount' ? 'unit_amount' : undefined
  return readAmount(object, name) ?? (other === undefined ? undefined : readAmount(object, other))
}

function readAmount(object: Cursor, name: string): string | undefined {
  return amount(field(object, `${name}_decimal`)) ?? amount(field(object, name))
}

function readInterval(cursor: Cursor): Price['interval'] {
  const interval = text(cursor) ?? 'month'
  if (interval === 'day' || interval === 'week' || interval === 'month' || interval === 'year') {
    return interval.toUpperCase() as Price['interval'] // the four words above are exactly the interval names
  }
  throw refuse(cursor, '"day", "week", "month" or "year"')
}

function readTiers(cursor: Cursor): NonNullable<Price['tiers']> {
  return entries(cursor).map((tier) => {
    const upTo = field(tier, 'up_to')
    return {
      upTo: upTo.value === 'inf' ? null : (whole(upTo, { min: 1, max: Number.MAX_SAFE_INTEGER }) ?? null),
      unitAmount: readAmount(tier, 'unit_amount') ?? readAmount(tier, 'amount') ?? '0',
      flatAmount: readAmount(tier, 'flat_amount') ?? '0',
    }
  })
}

function readTransform(object: Cursor): Price['transformQuantity'] {
  const transform = [field(object, 'transform_quantity'), field(object, 'transform_usage')].find(isObject)
  if (transform === undefined) return undefined
  const by = field(transform, 'divide_by')
  const divideBy = whole(by, { min: 1, max: Number.MAX_SAFE_INTEGER })
  if (divideBy === undefined) throw refuse(by, 'a whole number from 1')
  return { divideBy, round: text(field(transform, 'round')) === 'down' ? 'DOWN' : 'UP' }
}
