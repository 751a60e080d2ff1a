import type { Discount, InvoiceEvent, InvoiceStanding, ItemState, NamedDiscount, ServicePeriod } from '../../event.ts'
import { PayloadError } from '../../payload/payload-error.ts'
import { amount, type Cursor, entries, field, instant, isObject, text } from './cursor.ts'
import { isTold, readDiscount } from './discounts.ts'
import { inCurrency, readQuantity } from './items.ts'
import { isProration, itemOf, namedSubscriptionOf, priceIdOf, reductionsOf, subscriptionOf } from './line-parts.ts'
import { isoMinor } from './minor-units.ts'
import { NotCounted } from './not-counted.ts'
import { isMetered, type PricedObject, readCurrency, readPrice, unpriced } from './price.ts'

export type InvoiceObject = {
  object: Cursor
  /** When it was told. */
  at: string
  account: string
  /** A draft that was thrown away. */
  isDeleted?: boolean
}

/**
 * The service periods of an invoice, told alike by webhooks, by the API and by exports: of each of its subscriptions an event. Lines
 * that do not recur and usage are left out; a line that cannot be read is missing, as those of a list that is cut short are.
 */
export function servicePeriods({ object, at, account, isDeleted = false }: InvoiceObject): InvoiceEvent[] {
  const invoice = text(field(object, 'id'))
  if (invoice === undefined) return []
  const [standing, rank] = isDeleted ? (['VOID', 3] as const) : standingOf(object)
  const lines = field(object, 'lines')
  const isCut = field(lines, 'has_more').value === true
  const own = subscriptionOf(object)
  const told = new Map<string, { lines: ServicePeriod[]; isShort: boolean }>()
  const toldOf = (subscription: string) => {
    const known = told.get(subscription) ?? { lines: [], isShort: isCut }
    told.set(subscription, known)
    return known
  }
  if (own !== undefined && isCut) toldOf(own)
  const shown = discountsIn(object)
  for (const [index, line] of entries(field(lines, 'data')).entries()) {
    const isOwn = text(field(line, 'type')) === 'subscription'
    const subscription = namedSubscriptionOf(line) ?? (isOwn ? own : undefined)
    if (subscription === undefined) continue
    const period = unlessUnreadable(() => readPeriod(line, { invoice: object, index, shown }))
    if (period === 'UNREADABLE') toldOf(subscription).isShort = true
    else if (period) toldOf(subscription).lines.push(period)
  }
  return [...told].map(([subscription, { lines: periods, isShort }]) => ({
    ...{ type: 'invoice', account, subscription, invoice, at, rank, standing, lines: periods },
    ...(isShort ? { isShort } : {}),
  }))
}

/** What an invoice is worth, and which word of one second is the later. */
function standingOf(invoice: Cursor): readonly [InvoiceStanding, rank: number] {
  const status = text(field(invoice, 'status'))
  if (status === 'draft') return ['DRAFT', 0]
  if (status === 'void' || status === 'deleted') return ['VOID', 3]
  if (status === 'uncollectible') return ['UNCOLLECTIBLE', 3]
  return ['ISSUED', status === 'paid' ? 2 : 1]
}

type About = { invoice: Cursor; index: number; shown: ReadonlyMap<string, Discount> }

/** 'UNREADABLE' where a payload is not what it should be: the rest of the invoice counts. */
function unlessUnreadable<T>(read: () => T): T | 'UNREADABLE' {
  try {
    return read()
  } catch (error) {
    if (error instanceof PayloadError || error instanceof NotCounted) return 'UNREADABLE'
    throw error
  }
}

/** Null for what does not recur, and for usage, which is told apart. */
function readPeriod(line: Cursor, { invoice, index, shown }: About): ServicePeriod | 'UNREADABLE' | null {
  const proration = isProration(line)
  const item = itemOf(line)
  const object = [
    field(field(field(line, 'pricing'), 'price_details'), 'price'),
    field(line, 'price'),
    field(line, 'plan'),
  ]
  const told = object.find(isObject)
  const price = priceIdOf(line)
  // A line of a subscription without any price is an amount by hand; one of an invoice item that is no proration is charged once.
  if (price === undefined || (!proration && text(field(line, 'type')) === 'invoiceitem')) return null
  if (told === undefined && item === undefined && !proration) return null
  if (told !== undefined && isMetered(told)) return null
  const currency = readCurrency(line) ?? readCurrency(invoice)
  const [start, end] = ['start', 'end'].map((name) => instant(field(field(line, 'period'), name)))
  if (currency === undefined || start === undefined || end === undefined) return 'UNREADABLE'
  const read = told && unlessUnreadable(() => inCurrency(readPrice(told, currency), told, currency))
  // A price that cannot be read is named by its id.
  const priced = read === 'UNREADABLE' ? undefined : read
  if (priced?.pricing.oneTime) return null
  const iso = (minor: string) => isoMinor(minor, currency)
  const taken = reductionsOf(line).filter((each) => each.amount !== '0')
  const all = new Map([...shown, ...discountsIn(line)])
  // Tiers may be told elsewhere: webhooks show tiered prices without them.
  const isTiered = priced === undefined || priced.pricing.scheme === 'GRADUATED' || priced.pricing.scheme === 'VOLUME'
  const isFee = isTiered && /flat fee/i.test(text(field(line, 'description')) ?? '')
  return {
    ...{ line: text(field(line, 'id')) ?? String(index), start, end },
    ...(proration ? { proration } : {}),
    amount: iso(amount(field(line, 'amount')) ?? '0'),
    ...(taken.length === 0
      ? {}
      : { reductions: taken.map((each) => ({ discount: each.id, amount: iso(each.amount) })) }),
    ...(isFee ? { flatFee: true } : {}),
    held: heldOf(line, {
      item: item ?? '',
      price,
      currency,
      priced,
      ...discountsOf(
        taken.map(({ id }) => id),
        all,
      ),
    }),
  }
}

type Held = Pick<ItemState, 'item' | 'discounts' | 'namedDiscounts'> & {
  price: string
  currency: string
  priced: PricedObject | undefined
}

function heldOf(line: Cursor, { price, currency, priced, ...rest }: Held): ItemState {
  const product = text(field(field(field(line, 'pricing'), 'price_details'), 'product'))
  return {
    ...rest,
    ...{ price: priced?.price ?? price, product: priced?.product ?? product ?? price },
    quantity: readQuantity(line),
    ...(priced ? { pricing: priced.pricing } : { pricing: unpriced(currency), untold: true }),
  }
}

/** Of discounts that a line names: those that it or its invoice shows, and the others by id. */
function discountsOf(ids: readonly string[], shown: ReadonlyMap<string, Discount>) {
  const discounts = ids.map((id) => shown.get(id)).filter((discount) => discount !== undefined)
  const namedDiscounts = ids.flatMap((id): NamedDiscount[] => (shown.has(id) ? [] : [{ id }]))
  return {
    ...(discounts.length === 0 ? {} : { discounts }),
    ...(namedDiscounts.length === 0 ? {} : { namedDiscounts }),
  }
}

/** One of a single invoice applies once, whatever its coupon says. */
function discountsIn(holder: Cursor): Map<string, Discount> {
  const shown = [field(holder, 'discount'), ...entries(field(holder, 'discounts'))].filter(isObject)
  return new Map(
    shown.flatMap((discount): [string, Discount][] => {
      const read = readDiscount(discount)
      if (read === undefined || !isTold(read)) return []
      const isOfOne = ['invoice', 'invoice_item'].some((name) => text(field(discount, name)) !== undefined)
      return [[read.id, isOfOne ? { ...read, once: true } : read]]
    }),
  )
}
