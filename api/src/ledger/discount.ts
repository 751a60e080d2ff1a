import type { Discount, ItemState } from '../ingest/event.ts'
import { add, multiply, parseDecimal, type Rational, rational } from '../shared/rational.ts'
import type { Step } from './history.ts'
import { monthlyExact } from './level.ts'
import type { Price } from './price.ts'

/** Exact monthly amounts of a subscription's items after its discounts, never below 0. */
export function discountedAmounts(items: readonly ItemState[], shared: readonly Discount[] = []): Rational[] {
  const own = items.map((item) => reduce(listAmount(item), item.discounts ?? [], item.pricing))
  return shared.reduce((amounts, discount) => takeOff(amounts, discount, items[0]?.pricing), own)
}

const listAmount = ({ pricing, quantity }: ItemState): Rational =>
  pricing.usage === 'METERED' || pricing.oneTime ? rational(0n) : monthlyExact(pricing, quantity)

const reduce = (amount: Rational, discounts: readonly Discount[], pricing: Price): Rational =>
  discounts.reduce((left, discount) => takeOff([left], discount, pricing)[0] ?? left, amount)

/** A percentage off each; an amount off the whole, shared in proportion. */
function takeOff(amounts: Rational[], discount: Discount, pricing: Price | undefined): Rational[] {
  const total = amounts.reduce(add, rational(0n))
  if (total.numerator <= 0n || !pricing) return amounts
  const kept =
    'percentOff' in discount
      ? add(rational(1n), negative(multiply(parseDecimal(discount.percentOff), rational(1n, 100n))))
      : add(rational(1n), negative(divide(monthlyOff(discount.amountOff, pricing), total)))
  const share = kept.numerator < 0n ? rational(0n) : kept
  return amounts.map((amount) => multiply(amount, share))
}

/** An amount off per billing interval is a price of its own. */
const monthlyOff = (amountOff: string, { currency, interval, intervalCount }: Price): Rational =>
  monthlyExact({ currency, interval, intervalCount, scheme: 'FLAT', unitAmount: amountOff, usage: 'LICENSED' }, 1)

const negative = ({ numerator, denominator }: Rational): Rational => rational(-numerator, denominator)
const divide = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)

/** The end of a discount is a step of its own: nothing happens outside, yet the level changes. */
export function withDiscountEnds(steps: readonly Step[]): Step[] {
  return steps.flatMap((step, index) => {
    const until = steps[index + 1]?.effectiveAt
    const ends = [...new Set(endsOf(step))]
      .filter((end) => end > step.effectiveAt && (until === undefined || end < until))
      .sort()
    return [step.effectiveAt, ...ends].map((at) => withoutEnded(step, at))
  })
}

const endsOf = ({ state }: Step): string[] =>
  [...(state.discounts ?? []), ...state.items.flatMap((item) => item.discounts ?? [])].flatMap(({ end }) => end ?? [])

function withoutEnded(step: Step, at: string): Step {
  const { discounts, items, ...state } = step.state
  const running = (list: readonly Discount[]) => list.filter(({ end }) => end === undefined || end > at)
  return {
    ...step,
    effectiveAt: at,
    state: {
      ...state,
      ...(at === step.effectiveAt ? {} : { renewed: false }),
      items: items.map((item) => (item.discounts ? { ...item, discounts: running(item.discounts) } : item)),
      ...(discounts ? { discounts: running(discounts) } : {}),
    },
  }
}
