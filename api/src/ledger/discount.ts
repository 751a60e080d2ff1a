import type { Discount, ItemState, SubscriptionState } from '../ingest/event.ts'
import { add, multiply, parseDecimal, type Rational, rational } from '../shared/rational.ts'
import type { Step } from './history.ts'
import { monthlyExact } from './level.ts'
import type { Price } from './price.ts'
import type { Recognition } from './recognition.ts'
import { listExact } from './usage-amount.ts'

type Holder = { discounts?: readonly Discount[] }

/** The discounts that lower MRR: those that recur, all, or none, as the policy says. */
export function counting({ discounts = [] }: Holder, { discounts: which }: Pick<Recognition, 'discounts'>): Discount[] {
  if (which === 'NONE') return []
  return which === 'ALL' ? [...discounts] : discounts.filter(({ once }) => !once)
}

/** Exact monthly amounts of a subscription's items after its discounts, never below 0. */
export function discountedAmounts(items: readonly ItemState[], shared: readonly Discount[] = []): Rational[] {
  return takenOff(items, shared, items.map(listAmount), () => true)
}

/**
 * The same for what is used beyond. Percentages count for it as well; an amount is taken off what is committed, so that usage does
 * not move the MRR of other items, and off usage only where nothing is committed.
 */
export function discountedUsage(
  items: readonly ItemState[],
  shared: readonly Discount[] = [],
  usage: readonly Rational[],
): Rational[] {
  const isCommitted = items.map(listAmount).some(({ numerator }) => numerator > 0n)
  return takenOff(items, shared, usage, (discount) => !isCommitted || 'percentOff' in discount)
}

function takenOff(
  items: readonly ItemState[],
  shared: readonly Discount[],
  amounts: readonly Rational[],
  counts: (discount: Discount) => boolean,
): Rational[] {
  const own = items.map((item, index) =>
    (item.discounts ?? [])
      .filter(counts)
      .reduce((left, discount) => takeOff([left], discount, item.pricing)[0] ?? left, amounts[index] ?? rational(0n)),
  )
  return shared.filter(counts).reduce((left, discount) => takeOff(left, discount, items[0]?.pricing), own)
}

const listAmount = ({ pricing, quantity }: ItemState): Rational => listExact(pricing, quantity)

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
export function withDiscountEnds(steps: readonly Step[], recognition: Recognition): Step[] {
  return steps.flatMap((step, index) => {
    const until = steps[index + 1]?.effectiveAt
    const ends = [...new Set(endsOf(step, recognition))]
      .filter((end) => end > step.effectiveAt && (until === undefined || end < until))
      .sort()
    return [step.effectiveAt, ...ends].map((at) => withoutEnded(step, at))
  })
}

const endsOf = ({ state }: Step, recognition: Recognition): string[] =>
  [state, ...state.items].flatMap((holder) => counting(holder, recognition)).flatMap(({ end }) => end ?? [])

function withoutEnded(step: Step, at: string): Step {
  const state = runningAt(step.state, at)
  return { ...step, effectiveAt: at, state: at === step.effectiveAt ? state : { ...state, renewed: false } }
}

/** The state with the discounts that still run at an instant. */
export function runningAt({ discounts, items, ...state }: SubscriptionState, at: string): SubscriptionState {
  const running = (list: readonly Discount[]) => list.filter(({ end }) => end === undefined || end > at)
  return {
    ...state,
    items: items.map((item) => (item.discounts ? { ...item, discounts: running(item.discounts) } : item)),
    ...(discounts ? { discounts: running(discounts) } : {}),
  }
}
