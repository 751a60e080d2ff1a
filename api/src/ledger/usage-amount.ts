import { add, multiply, parseDecimal, type Rational, rational } from '../shared/rational.ts'
import { intervalAmount, monthlyExact, monthsOf, perMonth } from './level.ts'
import type { Aggregation, Price } from './price.ts'

/** Adds up over a longer interval; of the others the level itself is priced. */
const FLOWS: readonly Aggregation[] = ['SUM', 'COUNT', 'COUNTER']

/** What is charged per month whatever is used: a minimum, or the fee that a graduated price opens with. Exact. */
export function committedAmount(price: Price): Rational {
  const opening = price.scheme === 'GRADUATED' ? parseDecimal(price.tiers?.[0]?.flatAmount ?? '0') : rational(0n)
  const fee = price.scheme === 'FLAT' ? parseDecimal(price.unitAmount ?? '0') : opening
  return perMonth(price, larger(fee, parseDecimal(price.minimumAmount ?? '0')))
}

/**
 * What a month's usage costs beyond what is committed, exactly. A price of a longer or shorter interval is asked what it would charge
 * if usage went on like this. Usage below zero is none.
 */
export function overageAmount(price: Price, quantity: Rational, aggregation: Aggregation): Rational {
  if (quantity.numerator <= 0n || price.oneTime) return rational(0n)
  const units = FLOWS.includes(aggregation) ? multiply(quantity, monthsOf(price)) : quantity
  const beyond = minus(perMonth(price, intervalAmount(price, units)), committedAmount(price))
  return beyond.numerator > 0n ? beyond : rational(0n)
}

/** List price of an item per month without what is used: that of its quantity, or what a metered price charges anyway. */
export function listExact(price: Price, quantity: number): Rational {
  if (price.oneTime) return rational(0n)
  return price.usage === 'METERED' ? committedAmount(price) : monthlyExact(price, quantity)
}

const minus = (a: Rational, b: Rational): Rational => add(a, rational(-b.numerator, b.denominator))
const larger = (a: Rational, b: Rational): Rational => (minus(a, b).numerator >= 0n ? a : b)
