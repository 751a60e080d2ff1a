import type { Price } from '../../../ledger/price.ts'
import type { SubscriptionHistoryEvent, SubscriptionState, SubscriptionStatus } from '../../event.ts'
import { fromCanonical } from './convert/instant.ts'
import { toMinorDecimal } from './convert/minor.ts'
import type { StatusWord } from './convert/status.ts'
import type { Row } from './fields.ts'
import type { Mapping } from './mapping.ts'
import { type Metered, meteredPricing, toMetered } from './metered.ts'
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
  /** Absent for 1. */
  intervalCount?: number
  /** The amount is for one seat. */
  perSeat?: true
  seats: number
  product: string
  plan?: string
  region?: string
  trial: boolean
  trialEnd?: string
  pausedOn?: string
  resumedOn?: string
  status?: StatusWord
  metered?: Metered
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
  if (row.status === 'ended' && row.end === undefined) {
    return { column: columnOf('end'), value: '', expected: 'the day it ended: its status says that it has' }
  }
  if (row.intervalCount === 0) {
    return { column: columnOf('intervalCount'), value: '0', expected: 'a whole number from 1 to 2147483647' }
  }
  const priced = toMetered(row, context)
  if ('expected' in priced) return priced
  const { meter: _meter, unitPrice: _price, included: _included, minimum: _minimum, aggregation: _kind, ...plain } = row
  const {
    trial = false,
    interval = 'MONTH',
    intervalCount = 1,
    seats = 1,
    product = mapping.name,
    status,
    ...rest
  } = plain
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
    ...(intervalCount === 1 ? {} : { intervalCount }),
    ...(described?.columns['amount']?.per === 'SEAT' ? { perSeat: true as const } : {}),
    seats,
    product,
    trial,
    ...(status === undefined ? {} : { status: status as StatusWord }), // read as one
    ...priced,
  }
}

/** The whole history of one subscription: running or on trial from its start, ended from its end. */
export function subscriptionEvents(
  subscription: Subscription,
  at: string,
  timeZone: string,
): SubscriptionHistoryEvent[] {
  const { currency } = subscription
  const states = stages(subscription, timeZone).map(({ effectiveAt, status }) => ({
    effectiveAt,
    state: { status, currency, items: status === 'ENDED' ? [] : [item(subscription)] } satisfies SubscriptionState,
  }))
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

/** What it was from when on. What is said to lie before its start or after its end never was. */
function stages(
  { start, end, trial, trialEnd, pausedOn, resumedOn, status }: Subscription,
  timeZone: string,
): { effectiveAt: string; status: SubscriptionStatus }[] {
  const instant = (moment: string) => fromCanonical(moment, timeZone).toISOString()
  const [from, until] = [instant(start), end === undefined ? undefined : instant(end)]
  const isInside = (at: string) => at > from && (until === undefined || at < until)
  const isNow = (word: StatusWord) => status === word
  const hasTrial = trialEnd !== undefined && instant(trialEnd) > from
  const running: SubscriptionStatus = isNow('past_due') ? 'PAST_DUE' : isNow('unpaid') ? 'UNPAID' : 'ACTIVE'
  const first = trial || hasTrial || (isNow('trial') && trialEnd === undefined) ? 'TRIAL' : running
  const later: [string | undefined, SubscriptionStatus][] = [
    [hasTrial && !trial ? trialEnd : undefined, running],
    [pausedOn, 'PAUSED'],
    [pausedOn === undefined ? undefined : resumedOn, 'ACTIVE'],
  ]
  return [
    { effectiveAt: from, status: isNow('paused') && pausedOn === undefined ? 'PAUSED' : first },
    ...later
      .flatMap(([moment, then]) => (moment === undefined ? [] : [{ effectiveAt: instant(moment), status: then }]))
      .filter(({ effectiveAt }) => isInside(effectiveAt))
      .sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1)),
    ...(until === undefined ? [] : [{ effectiveAt: until, status: 'ENDED' as const }]),
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
export function priceOf({ product, plan, currency, interval, intervalCount, metered }: Subscription): string | null {
  const every = intervalCount === undefined ? interval : `${intervalCount} ${interval}`
  return plan === undefined ? null : [product, plan, currency, every, ...(metered ? [metered.meter] : [])].join('/')
}

export function pricingOf(
  { currency, interval, intervalCount = 1, perSeat, metered }: Subscription,
  unitAmount: string | null,
): Price {
  const scheme = perSeat ? 'PER_UNIT' : 'FLAT'
  const price: Price = { currency, scheme, unitAmount, interval, intervalCount, usage: 'LICENSED' }
  return metered ? meteredPricing(price, metered) : price
}
