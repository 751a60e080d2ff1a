import { add, multiply, parseDecimal, type Rational, rational, roundHalfEven } from '../shared/rational.ts'
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
export function monthlyExact(price: Price, quantity: number): Rational {
  const { numerator, denominator } = MONTHS[price.interval]
  const months = rational(numerator * BigInt(price.intervalCount), denominator)
  return multiply(intervalAmount(price, quantity), rational(months.denominator, months.numerator))
}

function intervalAmount(price: Price, quantity: number): Rational {
  if (price.scheme === 'FLAT') return parseDecimal(price.unitAmount ?? '0')
  const units = BigInt(transformed(price, quantity))
  if (price.scheme === 'PER_UNIT') return multiply(parseDecimal(price.unitAmount ?? '0'), rational(units))
  return price.scheme === 'VOLUME' ? volumeAmount(price, units) : graduatedAmount(price, units)
}

function transformed({ transformQuantity }: Price, quantity: number): number {
  if (!transformQuantity) return quantity
  const groups = quantity / transformQuantity.divideBy
  return transformQuantity.round === 'UP' ? Math.ceil(groups) : Math.floor(groups)
}

/** All units at the price of the tier that the quantity falls into. */
function volumeAmount(price: Price, units: bigint): Rational {
  const tier = price.tiers?.find(({ upTo }) => upTo === null || units <= BigInt(upTo))
  if (!tier || units === 0n) return rational(0n)
  return add(multiply(parseDecimal(tier.unitAmount), rational(units)), parseDecimal(tier.flatAmount))
}

/** Each unit at the price of its own tier. */
function graduatedAmount(price: Price, units: bigint): Rational {
  let total = rational(0n)
  let below = 0n
  for (const { upTo, unitAmount, flatAmount } of price.tiers ?? []) {
    const top = upTo === null || BigInt(upTo) > units ? units : BigInt(upTo)
    if (top <= below) break
    total = add(total, add(multiply(parseDecimal(unitAmount), rational(top - below)), parseDecimal(flatAmount)))
    below = top
  }
  return total
}
