import { add, floorDivide, multiply, parseDecimal, type Rational, rational, roundHalfEven } from '../shared/rational.ts'
import type { Price } from './price.ts'

/** Months in one interval, exact: a year is 12, a week 12/52, a day 12/365. */
const MONTHS: Record<Price['interval'], Rational> = {
  YEAR: rational(12n),
  MONTH: rational(1n),
  WEEK: rational(12n, 52n),
  DAY: rational(12n, 365n),
}

/** List price of a quantity per month, in minor units, rounded half-even once. Metered and one-time prices are 0. */
export function monthlyAmount(price: Price, quantity: number): bigint {
  if (price.usage === 'METERED' || price.oneTime) return 0n
  return roundHalfEven(monthlyExact(price, quantity))
}

/** The same before rounding. */
export const monthlyExact = (price: Price, quantity: number): Rational =>
  perMonth(price, intervalAmount(price, rational(BigInt(quantity))))

/** What an amount per billing interval is per month. */
export function perMonth(price: Price, amount: Rational): Rational {
  const { numerator, denominator } = monthsOf(price)
  return multiply(amount, rational(denominator, numerator))
}

/** Months in the billing interval of a price. */
export function monthsOf({ interval, intervalCount }: Price): Rational {
  const { numerator, denominator } = MONTHS[interval]
  return rational(numerator * BigInt(intervalCount), denominator)
}

/** List price of a quantity per billing interval; metered quantities may be fractions. */
export function intervalAmount(price: Price, quantity: Rational): Rational {
  if (price.scheme === 'FLAT') return parseDecimal(price.unitAmount ?? '0')
  const units = transformed(price, quantity)
  if (price.scheme === 'PER_UNIT') return multiply(parseDecimal(price.unitAmount ?? '0'), units)
  return price.scheme === 'VOLUME' ? volumeAmount(price, units) : graduatedAmount(price, units)
}

function transformed({ transformQuantity }: Price, quantity: Rational): Rational {
  if (!transformQuantity) return quantity
  const { numerator, denominator } = multiply(quantity, rational(1n, BigInt(transformQuantity.divideBy)))
  const isUp = transformQuantity.round === 'UP'
  return rational(isUp ? -floorDivide(-numerator, denominator) : floorDivide(numerator, denominator))
}

/** All units at the price of the tier that the quantity falls into. */
function volumeAmount(price: Price, units: Rational): Rational {
  const tier = price.tiers?.find(({ upTo }) => upTo === null || !isAbove(units, upTo))
  if (!tier || units.numerator === 0n) return rational(0n)
  return add(multiply(parseDecimal(tier.unitAmount), units), parseDecimal(tier.flatAmount))
}

/** Each unit at the price of its own tier. */
function graduatedAmount(price: Price, units: Rational): Rational {
  let total = rational(0n)
  let below = rational(0n)
  for (const { upTo, unitAmount, flatAmount } of price.tiers ?? []) {
    const top = upTo === null || !isAbove(units, upTo) ? units : rational(BigInt(upTo))
    const inTier = add(top, rational(-below.numerator, below.denominator))
    if (inTier.numerator <= 0n) break
    total = add(total, add(multiply(parseDecimal(unitAmount), inTier), parseDecimal(flatAmount)))
    below = top
  }
  return total
}

const isAbove = ({ numerator, denominator }: Rational, limit: number): boolean =>
  numerator > BigInt(limit) * denominator
