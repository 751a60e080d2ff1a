import { type Currency, type Interval, priceKey, priceOf } from './vendor.ts'

/** What a customer has of one price. The slot keeps an item's id while its price changes. */
export type Holding = { slot: string; price: string; quantity: number; region: string }

export type Contract = {
  /** Names the subscription: the same contract is the same subscription. */
  key: string
  status: 'active' | 'trialing' | 'past_due' | 'canceled'
  interval: Interval
  currency: Currency
  start: Date
  /** First moment that is billed, from which periods are counted. */
  anchor: Date
  holdings: readonly Holding[]
  cancelAtPeriodEnd: boolean
  canceledAt: Date | null
  endedAt: Date | null
  trialEnd: Date | null
  paused: boolean
  /** Percent off everything until it ends. */
  discount: { percent: number; end: Date } | null
}

/** A contract as it begins. */
export function contract(key: string, interval: Interval, start: Date, holdings: readonly Holding[]): Contract {
  return {
    key,
    status: 'active',
    interval,
    currency: 'jpy',
    start,
    anchor: start,
    holdings,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    trialEnd: null,
    paused: false,
    discount: null,
  }
}

/** The contract with one holding put in the place of its slot, or added. */
export function withHolding(contract: Contract, holding: Holding): Contract {
  const known = contract.holdings.some(({ slot }) => slot === holding.slot)
  const holdings = known
    ? contract.holdings.map((held) => (held.slot === holding.slot ? holding : held))
    : [...contract.holdings, holding]
  return { ...contract, holdings }
}

export function without(contract: Contract, slot: string): Contract {
  return { ...contract, holdings: contract.holdings.filter((held) => held.slot !== slot) }
}

/** The seats: what is held of Core. */
export function coreOf(contract: Contract): Holding {
  const core = contract.holdings.find(({ slot }) => slot === 'core')
  if (!core) throw new RangeError(`Contract ${contract.key} has no seats`)
  return core
}

/** The same plan and interval at a later price list. */
export function atRise(holding: Holding, rise: number): Holding {
  const { plan, interval } = priceOf(holding.price)
  return { ...holding, price: priceKey(plan.key, interval, rise) }
}

/** Another plan, at the price list the customer is on. */
export function onPlan(holding: Holding, plan: string): Holding {
  const { interval, rise } = priceOf(holding.price)
  return { ...holding, price: priceKey(plan, interval, rise) }
}
