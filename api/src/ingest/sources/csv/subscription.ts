import type { Price } from '../../../ledger/price.ts'
import type { SubscriptionHistoryEvent, SubscriptionState } from '../../event.ts'
import { fromCanonical } from './convert/instant.ts'
import { toMinorDecimal } from './convert/minor.ts'
import type { Row } from './fields.ts'
import type { Mapping } from './mapping.ts'
import type { CellProblem } from './problem.ts'

/** What a row says of a subscription: all that is known of it, from its start to its end. */
export type Subscription = {
  subscription: string
  account: string
  /** Canonical moments: a local day, or an instant in UTC. */
  start: string
  end?: string
  /** Minor units, a decimal. */
  amount: string
  currency: string
  interval: Price['interval']
  seats: number
  product: string
  plan?: string
  region?: string
  trial: boolean
}

export type SubscriptionContext = {
  mapping: Mapping
  timeZone: string
  columnOf: (field: keyof Row<'subscriptions'>) => string
}

/** More could not be added up exactly. */
const MOST_DIGITS = 13
const wholeDigits = (amount: string): number => /\d+/.exec(amount)?.[0].length ?? 0

/** A subscription from its row, or what is wrong with the row as a whole. */
export function toSubscription(row: Row<'subscriptions'>, context: SubscriptionContext): Subscription | CellProblem {
  const { mapping, timeZone, columnOf } = context
  const described = mapping.subscriptions
  if (row.end !== undefined && fromCanonical(row.end, timeZone) < fromCanonical(row.start, timeZone)) {
    return { column: columnOf('end'), value: row.end, expected: `a day on or after the start, ${row.start}` }
  }
  const plans = described?.plans
  if (row.plan !== undefined && plans && !Object.hasOwn(plans, row.plan)) {
    const known = Object.keys(plans).join(', ')
    return { column: columnOf('plan'), value: row.plan, expected: `one of the mapping's plans: ${known}` }
  }
  const { trial = false, interval = 'MONTH', seats = 1, product = mapping.name, ...rest } = row
  const isMinor = described?.columns['amount']?.unit === 'MINOR'
  const amount = isMinor ? row.amount : toMinorDecimal(row.amount, row.currency)
  if (wholeDigits(amount) > MOST_DIGITS) {
    return {
      column: columnOf('amount'),
      value: row.amount,
      expected: `an amount of at most ${MOST_DIGITS} digits of minor units`,
    }
  }
  return {
    ...rest,
    amount,
    interval: interval as Price['interval'], // read as one
    seats,
    product,
    trial,
  }
}

/** The whole history of one subscription: running or on trial from its start, ended from its end. */
export function subscriptionEvents(
  subscription: Subscription,
  at: string,
  timeZone: string,
): SubscriptionHistoryEvent[] {
  const { start, end, currency, trial } = subscription
  const instant = (moment: string) => fromCanonical(moment, timeZone).toISOString()
  const running: SubscriptionState = { status: trial ? 'TRIAL' : 'ACTIVE', currency, items: [item(subscription)] }
  const ended: SubscriptionState = { status: 'ENDED', currency, items: [] }
  const states = [{ effectiveAt: instant(start), state: running }]
  if (end !== undefined) states.push({ effectiveAt: instant(end), state: ended })
  return [
    {
      type: 'subscriptionHistory',
      account: subscription.account,
      subscription: subscription.subscription,
      at,
      rank: 0,
      states,
    },
  ]
}

function item(subscription: Subscription): SubscriptionState['items'][number] {
  const { product, seats, region, amount } = subscription
  return {
    item: subscription.subscription,
    price: priceOf(subscription),
    product,
    quantity: seats,
    pricing: pricingOf(subscription, amount),
    ...(region === undefined ? {} : { region }),
  }
}

/** Files name plans, not prices: every plan of a product has one price in each currency and interval. */
export function priceOf({ product, plan, currency, interval }: Subscription): string | null {
  return plan === undefined ? null : `${product}/${plan}/${currency}/${interval}`
}

export function pricingOf({ currency, interval }: Subscription, unitAmount: string | null): Price {
  return { currency, scheme: 'FLAT', unitAmount, interval, intervalCount: 1, usage: 'LICENSED' }
}
