import { add, parseDecimal, type Rational, toDecimal } from '../../../shared/rational.ts'
import { INVOICED_USAGE, type IngestEvent, type UsageEvent } from '../../event.ts'
import { amount, type Cursor, entries, field, isObject, reference, whole } from './cursor.ts'
import { isProration, itemOf, namedSubscriptionOf } from './line-parts.ts'
import { NotCounted } from './not-counted.ts'
import { isMetered } from './price.ts'
import { servicePeriods } from './service-periods.ts'

type Billed = { item: string; subscription: string | undefined; end: number; quantity: Rational }

/** An invoice: its service periods, and what it bills for metered items. */
export function readInvoice(input: { kind: string; object: Cursor; at: string }): {
  account: string
  events: IngestEvent[]
} {
  const { kind, object, at } = input
  const account = reference(field(object, 'customer'))
  if (account === undefined) throw new NotCounted('The invoice belongs to no customer.')
  const usage = TAKEN_BACK.includes(kind) ? [] : invoicedUsage({ object, account })
  const events = [...usage, ...servicePeriods({ object, at, account, isDeleted: kind === 'invoice.deleted' })]
  if (events.length === 0) throw new NotCounted('The invoice bills nothing that recurs.')
  return { account, events }
}

/** What these billed was told when they came. */
const TAKEN_BACK = ['invoice.voided', 'invoice.deleted', 'invoice.marked_uncollectible']

/**
 * What an invoice bills for metered items is what they used in its period, for accounts whose meters are not delivered. Drafts,
 * finalised and paid versions say the same again and replace each other; tiers of one item are lines of their own and add up.
 */
export function invoicedUsage({ object, account }: { object: Cursor; account: string }): UsageEvent[] {
  const billed = new Map<string, Billed>()
  for (const line of entries(field(field(object, 'lines'), 'data')).flatMap(readLine)) {
    const key = `${line.item} ${line.end}`
    const known = billed.get(key)
    billed.set(key, known ? { ...known, quantity: add(known.quantity, line.quantity) } : line)
  }
  return [...billed.values()].map((line) => usageEvent(account, line))
}

function readLine(line: Cursor): Billed[] {
  const item = itemOf(line)
  const end = whole(field(field(line, 'period'), 'end'), { min: 1, max: 253_402_300_799 })
  const quantity = amount(field(line, 'quantity_decimal')) ?? amount(field(line, 'quantity'))
  if (item === undefined || end === undefined || quantity === undefined || isProration(line) || !isBilled(line))
    return []
  return [{ item, subscription: namedSubscriptionOf(line), end, quantity: parseDecimal(quantity) }]
}

/** Newer API versions name the price alone: then the item decides, since only a metered one asks. */
function isBilled(line: Cursor): boolean {
  const price = [field(line, 'price'), field(line, 'plan')].find(isObject)
  return price === undefined ? isObject(field(field(line, 'pricing'), 'price_details')) : isMetered(price)
}

/** Measured in the last second of its period: of the month in which that ends. */
function usageEvent(account: string, { item, subscription, end, quantity }: Billed): UsageEvent {
  const at = new Date((end - 1) * 1000).toISOString()
  return {
    ...{ type: 'usage', account, metric: INVOICED_USAGE, day: at.slice(0, 10), at },
    quantity: toDecimal(quantity),
    ...(subscription === undefined ? {} : { subscription }),
    ...{ item, mode: 'SET' },
  }
}
