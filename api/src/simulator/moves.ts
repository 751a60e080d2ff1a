import { type Contract, coreOf, type Holding, onPlan, withHolding, without } from './contract.ts'
import type { Random } from './random.ts'
import { PRODUCTS, priceKey, priceOf } from './vendor.ts'

/** A change of what a customer holds; null where it does not apply. */
export type Move = (contract: Contract, chance: { random: Random; month: number; rise: number }) => Contract | null

const NEXT_PLAN: Record<string, { plan: string; from: number }> = {
  starter: { plan: 'team', from: 8 },
  team: { plan: 'business', from: 20 },
  business: { plan: 'enterprise', from: 55 },
}
const LOWER_PLAN: Record<string, string> = { team: 'starter', business: 'team', enterprise: 'business' }

export const addSeats: Move = (contract, { random }) => {
  const core = coreOf(contract)
  const share = random.weighted([
    [random.between(0.02, 0.06), 75],
    [random.between(0.07, 0.15), 20],
    [random.between(0.2, 0.4), 5],
  ])
  return withHolding(contract, { ...core, quantity: core.quantity + Math.max(1, Math.round(core.quantity * share)) })
}

export const removeSeats: Move = (contract, { random }) => {
  const core = coreOf(contract)
  const fewer = Math.max(1, Math.floor(core.quantity * random.between(0.7, 0.92)))
  return fewer < core.quantity ? withHolding(contract, { ...core, quantity: fewer }) : null
}

/** Up one plan, sometimes with more seats. Teams rarely move up before they have the seats for it. */
export const upgrade: Move = (contract, { random }) => {
  const core = coreOf(contract)
  const next = NEXT_PLAN[priceOf(core.price).plan.key]
  if (!next || (core.quantity < next.from && !random.chance(0.06))) return null
  const more = random.chance(0.35) ? Math.ceil(core.quantity * random.between(0.05, 0.25)) : 0
  return withHolding(contract, { ...onPlan(core, next.plan), quantity: core.quantity + more })
}

export const downgrade: Move = (contract) => {
  const core = coreOf(contract)
  const lower = LOWER_PLAN[priceOf(core.price).plan.key]
  return lower ? withHolding(contract, onPlan(core, lower)) : null
}

/** A product that is not held yet. Small teams rarely need one. */
export const addProduct: Move = (contract, { random, month, rise }) => {
  const core = coreOf(contract)
  if (core.quantity < 8 && !random.chance(0.15)) return null
  const open = ['insights', 'automation', 'support']
    .filter((slot) => !contract.holdings.some((held) => held.slot === slot))
    .filter((slot) => PRODUCTS.every((product) => product.key !== slot || product.launched <= month))
  const slot = open[random.whole(0, Math.max(0, open.length - 1))]
  if (slot === undefined) return null
  const large = core.quantity >= 60
  const plan =
    slot === 'support'
      ? large
        ? 'support-premium'
        : 'support-standard'
      : `${slot}-${large ? 'advanced' : 'essential'}`
  return withHolding(contract, {
    slot,
    price: priceKey(plan, contract.interval, rise),
    quantity: 1,
    region: core.region,
  })
}

/** A product that is held moves up: Essential to Advanced, Support Standard to Support Premium. */
export const upgradeProduct: Move = (contract) => {
  const held = contract.holdings.find(({ price }) => HIGHER_PRODUCT[priceOf(price).plan.key])
  const higher = held && HIGHER_PRODUCT[priceOf(held.price).plan.key]
  return held && higher && coreOf(contract).quantity >= 15 ? withHolding(contract, onPlan(held, higher)) : null
}

const HIGHER_PRODUCT: Record<string, string> = {
  'insights-essential': 'insights-advanced',
  'automation-essential': 'automation-advanced',
  'support-standard': 'support-premium',
}

export const dropProduct: Move = (contract, { random }) => {
  const extra = contract.holdings.filter(({ slot }) => slot !== 'core')
  const dropped = extra[random.whole(0, Math.max(0, extra.length - 1))]
  return dropped ? without(contract, dropped.slot) : null
}

/** Seats for an office abroad, on the plan of the first region. */
export function branchHolding(main: Contract, region: string, random: Random): Holding {
  const core = coreOf(main)
  return { ...core, region, quantity: Math.max(2, Math.round(core.quantity * random.between(0.12, 0.3))) }
}

/** Where a customer opens its next office. */
export function nextRegion(home: string, random: Random): string {
  const abroad = (
    [
      ['US', 30],
      ['SG', 28],
      ['JP', 16],
      ['DE', 10],
      ['GB', 8],
      ['AU', 5],
      ['KR', 3],
    ] as const
  ).filter(([region]) => region !== home)
  return random.weighted(abroad)
}
