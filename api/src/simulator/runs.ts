import { DAY } from './calendar.ts'
import { coreOf, type Holding, withHolding } from './contract.ts'
import type { Step } from './life.ts'
import type { Random } from './random.ts'
import { PRODUCTS, type ProductOffer, priceKey, priceOf } from './vendor.ts'

/** What is sold by use: runs of workflows beyond those that Automation includes. */
export const RUNS = PRODUCTS.find(({ meteredBy }) => meteredBy !== undefined) as ProductOffer

/** Runs of a month that each plan of Automation includes. */
const INCLUDED: Record<string, number> = { 'automation-essential': 3_000, 'automation-advanced': 12_000 }

/**
 * A customer's life in which runs beyond the included ones are billed, from some time after Automation is held until it is given
 * up. Only monthly contracts that were never paused have it.
 */
export function withRuns(steps: readonly Step[], { random, launched }: { random: Random; launched: Date }): Step[] {
  const wants = random.chance(0.7)
  const wait = random.whole(2, 120) * DAY
  const own = steps.filter(({ contract }) => contract.key === '1')
  const first = own.find((step) => automationOf(step))
  const suits = own.every(({ contract }) => contract.interval === 'month' && !contract.paused)
  if (!wants || !suits || !first) return [...steps]
  const since = new Date(Math.max(first.at.getTime(), launched.getTime()) + wait)
  const before = own.filter(({ at }) => at < since).at(-1)
  if (!before || !takes(before) || before.contract.canceledAt) return [...steps]
  const until = own.find((step) => step.at >= since && !automationOf(step))?.at
  const held = (step: Step): Step => ({ ...step, contract: withHolding(step.contract, runsOf(step)) })
  const earlier = steps.filter(({ at }) => at < since)
  const later = steps.filter(({ at }) => at >= since)
  const ordered = held({ at: since, kind: 'updated', contract: before.contract })
  const bills = ({ at, contract }: Step) => contract.key === '1' && (until === undefined || at < until)
  return [...earlier, ordered, ...later.map((step) => (bills(step) ? held(step) : step))]
}

/** Runs of a month that are billed: what is used grows, and the plan's share of it is free. */
export function billedRuns(random: Random): (held: Step) => number {
  let runs = random.between(2_000, 9_000)
  return (held) => {
    const automation = automationOf(held)
    const scale = automation && priceOf(automation.price).plan.key === 'automation-advanced' ? 3.5 : 1
    runs *= random.between(0.98, 1.09)
    const included = (automation && INCLUDED[priceOf(automation.price).plan.key]) ?? 0
    return Math.max(0, Math.round(runs * scale * random.between(0.9, 1.1)) - included)
  }
}

export const holdsRuns = ({ contract }: Step): boolean => contract.holdings.some(({ slot }) => slot === RUNS.key)

const automationOf = ({ contract }: Step): Holding | undefined =>
  contract.holdings.find(({ slot }) => slot === 'automation')

const takes = ({ contract }: Step): boolean =>
  contract.status === 'active' && contract.holdings.some(({ slot }) => slot === 'automation')

/** At the price list that the seats are on. */
function runsOf({ contract }: Step): Holding {
  const { price, region } = coreOf(contract)
  return { slot: RUNS.key, price: priceKey(RUNS.key, contract.interval, priceOf(price).rise), quantity: 1, region }
}
