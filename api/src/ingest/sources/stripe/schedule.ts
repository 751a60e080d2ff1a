import type { IngestEvent, ItemState, SubscriptionScheduleEvent, SubscriptionState } from '../../event.ts'
import { type Cursor, entries, field, instant, isObject, reference, refuse, text } from './cursor.ts'
import { readDiscounts } from './discounts.ts'
import { readQuantity, readRegion } from './items.ts'
import { NotCounted } from './not-counted.ts'
import { catalogEvents, type PricedObject, readCurrency, readPrice, unpriced } from './price.ts'

type Phases = SubscriptionScheduleEvent['phases']

/** Nothing of these is left to come: the subscription goes on by itself, or has ended. */
const CLOSED = ['released', 'canceled', 'completed']

/**
 * A subscription_schedule.* event: the phases that are planned, of its subscription, or of one that has not begun. They name prices
 * and coupons by id, which count by what is told of them elsewhere.
 */
export function readSchedule(input: { kind: string; object: Cursor; at: string }): {
  account: string
  events: IngestEvent[]
} {
  const { kind, object, at } = input
  const schedule = text(field(object, 'id'))
  if (schedule === undefined) throw new NotCounted('The schedule has no id.')
  const account = reference(field(object, 'customer'))
  if (account === undefined) throw new NotCounted('The schedule belongs to no customer.')
  const begun = reference(field(object, 'subscription')) ?? text(field(object, 'released_subscription'))
  const isClosed = CLOSED.includes(text(field(object, 'status')) ?? '')
  const { phases, prices } = isClosed ? { phases: [], prices: [] } : readPhases(object, schedule)
  const rank = isClosed ? 2 : kind.endsWith('.created') ? 0 : 1
  const event = (subscription: string, planned: Phases): SubscriptionScheduleEvent => ({
    ...{ type: 'subscriptionSchedule', account, subscription, schedule, at, rank, phases: planned },
  })
  const priced = prices.flatMap((price) => catalogEvents(price, at))
  if (begun === undefined) return { account, events: [...priced, event(schedule, phases)] }
  // What was planned under the schedule's own id has become a subscription.
  return { account, events: [...priced, event(schedule, []), event(begun, phases)] }
}

function readPhases(object: Cursor, schedule: string): { phases: Phases; prices: PricedObject[] } {
  const read = entries(field(object, 'phases')).map((phase) => readPhase(phase, schedule))
  const last = entries(field(object, 'phases')).at(-1)
  const end = last && instant(field(last, 'end_date'))
  const currency = read.at(-1)?.phases.at(-1)?.state.currency
  const ends = text(field(object, 'end_behavior')) === 'cancel' && end !== undefined && currency !== undefined
  return {
    phases: [
      ...read.flatMap((one) => one.phases),
      ...(ends ? [{ effectiveAt: end, state: { status: 'ENDED' as const, currency, items: [] } }] : []),
    ],
    prices: read.flatMap((one) => one.prices),
  }
}

function readPhase(phase: Cursor, schedule: string): { phases: Phases; prices: PricedObject[] } {
  const start = instant(field(phase, 'start_date'))
  if (start === undefined) throw refuse(field(phase, 'start_date'), 'seconds since 1970')
  const lists = ['items', 'plans'].map((name) => entries(field(phase, name)))
  const lines = lists.find(({ length }) => length > 0) ?? []
  const objects = lines.map((line) => [field(line, 'price'), field(line, 'plan')].find(isObject))
  // Older API versions leave it to the prices.
  const currency =
    readCurrency(phase) ?? objects.flatMap((object) => (object && readCurrency(object)) ?? []).find(Boolean) ?? ''
  const prices = objects.map((object) => object && readPrice(object, currency))
  const state: SubscriptionState = {
    status: 'ACTIVE',
    currency,
    items: lines.map((line, index) =>
      readItem(line, { id: `${schedule}-${index}`, phase, currency, priced: prices[index] }),
    ),
    ...readDiscounts(withCoupon(phase)),
  }
  return { phases: afterTrial(phase, start, state), prices: prices.filter((price) => price !== undefined) }
}

type About = { id: string; phase: Cursor; currency: string; priced: PricedObject | undefined }

function readItem(line: Cursor, { id, phase, currency, priced }: About): ItemState {
  const price = priced?.price ?? text(field(line, 'price')) ?? text(field(line, 'plan'))
  if (price === undefined) throw new NotCounted(`${line.path} has neither a price nor a plan.`)
  const region = readRegion(line) ?? readRegion(phase)
  return {
    item: id,
    price,
    product: priced?.product ?? price,
    quantity: readQuantity(line),
    ...(priced ? { pricing: priced.pricing } : { pricing: unpriced(currency), untold: true }),
    ...(region === undefined ? {} : { region }),
    ...readDiscounts(line),
  }
}

/** Before discounts could be stacked, a phase named one coupon. */
function withCoupon(phase: Cursor): Cursor {
  const coupon = field(phase, 'coupon')
  if (coupon.value === undefined) return phase
  return {
    ...phase,
    value: { discounts: [...entries(field(phase, 'discounts')).map(({ value }) => value), { coupon: coupon.value }] },
  }
}

function afterTrial(phase: Cursor, start: string, state: SubscriptionState): Phases {
  const isTrial = field(phase, 'trial').value === true
  const until = instant(field(phase, isTrial ? 'end_date' : 'trial_end'))
  if (until === undefined || until <= start) return [{ effectiveAt: start, state }]
  return [
    { effectiveAt: start, state: { ...state, status: 'TRIAL' } },
    { effectiveAt: until, state },
  ]
}
