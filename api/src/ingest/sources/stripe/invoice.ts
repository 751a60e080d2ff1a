import { add, parseDecimal, type Rational } from '../../../shared/rational.ts'
import { INVOICED_USAGE, type UsageEvent } from '../../event.ts'
import { amount, type Cursor, entries, field, isObject, reference, text, whole } from './cursor.ts'
import { NotCounted } from './not-counted.ts'

type Billed = { item: string; subscription: string | undefined; end: number; quantity: Rational }

/**
 * An invoice: what it bills for metered items is what they used in its period, for accounts whose meters are not delivered. Drafts,
 * finalised and paid versions say the same again and replace each other; tiers of one item are lines of their own and add up.
 */
export function readInvoice(input: { object: Cursor }): { account: string; events: UsageEvent[] } {
  const account = reference(field(input.object, 'customer'))
  if (account === undefined) throw new NotCounted('The invoice belongs to no customer.')
  const billed = new Map<string, Billed>()
  for (const line of entries(field(field(input.object, 'lines'), 'data')).flatMap(readLine)) {
    const key = `${line.item} ${line.end}`
    const known = billed.get(key)
    billed.set(key, known ? { ...known, quantity: add(known.quantity, line.quantity) } : line)
  }
  if (billed.size === 0) throw new NotCounted('The invoice bills no usage.')
  return { account, events: [...billed.values()].map((line) => usageEvent(account, line)) }
}

function readLine(line: Cursor): Billed[] {
  const details = field(field(line, 'parent'), 'subscription_item_details')
  const item = reference(field(line, 'subscription_item')) ?? reference(field(details, 'subscription_item'))
  const end = whole(field(field(line, 'period'), 'end'), { min: 1, max: 253_402_300_799 })
  const quantity = amount(field(line, 'quantity_decimal')) ?? amount(field(line, 'quantity'))
  const isProration = [line, details].some((holder) => field(holder, 'proration').value === true)
  if (item === undefined || end === undefined || quantity === undefined || isProration || !isMetered(line)) return []
  const subscription = reference(field(line, 'subscription')) ?? reference(field(details, 'subscription'))
  return [{ item, subscription, end, quantity: parseDecimal(quantity) }]
}

/** Newer API versions name the price alone: then the item decides, since only a metered one asks. */
function isMetered(line: Cursor): boolean {
  const price = [field(line, 'price'), field(line, 'plan')].find(isObject)
  if (price === undefined) return isObject(field(field(line, 'pricing'), 'price_details'))
  const recurring = isObject(field(price, 'recurring')) ? field(price, 'recurring') : price
  return text(field(recurring, 'usage_type')) === 'metered'
}

/** Measured in the last second of its period: of the month in which that ends. */
function usageEvent(account: string, { item, subscription, end, quantity }: Billed): UsageEvent {
  const at = new Date((end - 1) * 1000).toISOString()
  return {
    ...{ type: 'usage', account, metric: INVOICED_USAGE, day: at.slice(0, 10), at },
    quantity: decimal(quantity),
    ...(subscription === undefined ? {} : { subscription }),
    ...{ item, mode: 'SET' },
  }
}

/** A sum of decimals is one: its denominator is a power of ten. */
function decimal({ numerator, denominator }: Rational): string {
  const places = String(denominator).length - 1
  const digits = String(numerator).padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}
