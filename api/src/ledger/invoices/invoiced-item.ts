import type { Discount, ItemState } from '../../ingest/event.ts'
import { isTrial } from '../../ingest/service-periods/service-line.ts'
import { add, multiply, parseDecimal, type Rational, rational, toDecimal } from '../../shared/rational.ts'
import { intervalAmount } from '../level.ts'
import type { Price } from '../price.ts'
import type { InvoicedLine } from './invoiced-lines.ts'

const DAY = 86_400_000
/** Units of several tiers are added up. */
const LARGEST_QUANTITY = 2_147_483_647

/**
 * What an item is by the line in service, and the last full one at that time: a proration is invoiced net, so what is taken off is told by
 * that.
 */
export function invoicedItem(
  item: string,
  line: InvoicedLine,
  { full, region }: { full: InvoicedLine | undefined; region: string | undefined },
): ItemState {
  const { price, product } = line.held
  const quantity = Math.min(line.quantity, LARGEST_QUANTITY)
  const discounts = full ? discountsOf(full) : []
  return {
    ...{ item, price, product, quantity, pricing: pricingOf(line) },
    ...(region === undefined ? {} : { region }),
    ...(discounts.length === 0 ? {} : { discounts }),
  }
}

/**
 * The price where it explains what a full line asks for: then plan, seats and tiers are told apart as under contracts. Else the amount
 * itself, for an interval of the price where the line is one, and for its days where it is none. A proration says what is held; what it
 * asks for is a part that was rounded.
 */
function pricingOf(line: InvoicedLine): Price {
  const { amount, proration, quantity, start, end, priced } = line
  const { pricing } = priced
  if (proration || isTrial(line)) return pricing
  if (isWithinOne(intervalAmount(pricing, rational(BigInt(quantity))), parseDecimal(amount))) return pricing
  const { tiers: _, transformQuantity: __, ...rest } = pricing
  const days = Math.max(1, Math.round((Date.parse(end) - Date.parse(start)) / DAY))
  const period = isInterval(pricing, start, days) ? {} : ({ interval: 'DAY', intervalCount: days } as const)
  return { ...rest, ...period, scheme: 'FLAT', unitAmount: amount }
}

/** The last days of months fall on one another. */
const MONTH_END_DAYS = 3

function isInterval({ interval, intervalCount }: Price, start: string, days: number): boolean {
  if (interval === 'DAY') return days === intervalCount
  if (interval === 'WEEK') return days === 7 * intervalCount
  const end = new Date(start)
  end.setUTCMonth(end.getUTCMonth() + intervalCount * (interval === 'YEAR' ? 12 : 1))
  return Math.abs((end.getTime() - Date.parse(start)) / DAY - days) <= MONTH_END_DAYS
}

/** What was taken off a full line: by percentage where that explains it, so that it counts for prorations too, else by amount. */
function discountsOf({ amount, discounts, held }: InvoicedLine): Discount[] {
  let left = parseDecimal(amount)
  return discounts.map(({ id, amount: amountOff }) => {
    const told = held.discounts?.find((discount) => discount.id === id)
    const off = parseDecimal(amountOff)
    const once = told?.once ? { once: true } : {}
    const isExplained =
      told !== undefined &&
      'percentOff' in told &&
      isWithinOne(multiply(left, multiply(parseDecimal(told.percentOff), rational(1n, 100n))), off)
    left = add(left, negative(off))
    return { id, ...(isExplained ? { percentOff: told.percentOff } : { amountOff: toDecimal(off) }), ...once }
  })
}

/** Invoices ask for whole minor units. */
function isWithinOne(a: Rational, b: Rational): boolean {
  const { numerator, denominator } = add(a, negative(b))
  return numerator < denominator && -numerator < denominator
}

const negative = ({ numerator, denominator }: Rational): Rational => rational(-numerator, denominator)
