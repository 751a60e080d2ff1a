import fc from 'fast-check'
import { anEvent, anItem, aPrice, aSubscription, START } from './testing.ts'

type Event = Record<string, unknown>

/** Two plans of one product, two products that are plans of each other, an add-on, a yearly and a free price. */
const PRICES = [
  aPrice({ id: 'price_basic', product: 'prod_core', nickname: 'Basic', unit_amount: 1000 }),
  aPrice({ id: 'price_pro', product: 'prod_core', nickname: 'Pro', unit_amount: 1800 }),
  aPrice({
    id: 'price_pro_year',
    product: 'prod_core',
    nickname: 'Pro annual',
    unit_amount: 19_999,
    recurring: { interval: 'year' },
  }),
  aPrice({ id: 'price_silver', product: 'prod_silver', nickname: null, unit_amount: 333 }),
  aPrice({ id: 'price_gold', product: 'prod_gold', nickname: null, unit_amount: null, unit_amount_decimal: '777.7' }),
  aPrice({ id: 'price_insights', product: 'prod_insights', nickname: null, unit_amount: 500 }),
  aPrice({ id: 'price_free', product: 'prod_free', nickname: null, unit_amount: 0 }),
]

/** Sometimes the vendor has renamed a price by the time of an event. */
const renamed = ([price, change]: [Event, Event]): Event => ({ ...price, ...change })

const items = fc
  .uniqueArray(
    fc.record({
      slot: fc.nat(3),
      price: fc.tuple(fc.constantFrom(...PRICES), fc.constantFrom({}, {}, { nickname: 'Renamed' })).map(renamed),
      quantity: fc.integer({ min: 0, max: 60 }),
      region: fc.constantFrom(undefined, 'JP', 'US'),
    }),
    { minLength: 1, maxLength: 3, selector: (item) => item.slot },
  )
  .map((list) =>
    list.map(({ slot, price, quantity, region }) => ({ id: `si_${slot}`, price, quantity, metadata: { region } })),
  )

const step = fc.record({
  /** Seconds after the step before; 0 makes two events of one second. */
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 * 86_400 })),
  status: fc.constantFrom('active', 'active', 'active', 'active', 'past_due', 'trialing', 'paused', 'unpaid'),
  items,
})

const history = fc.record({
  account: fc.constantFrom('cus_1', 'cus_2'),
  startsAfter: fc.integer({ min: 0, max: 200 * 86_400 }),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  ends: fc.boolean(),
})

/** Valid Stripe events of up to four subscriptions of two customers, in the order in which they happened. */
export const stripeEvents: fc.Arbitrary<Event[]> = fc
  .array(history, { minLength: 1, maxLength: 4 })
  .map((histories) => [...customers(), ...histories.flatMap(toEvents)])

/** The same events out of order, some of them several times; every one arrives at least once. */
export function delivery(events: readonly Event[]): fc.Arbitrary<Event[]> {
  const all = events.map((_, index) => index)
  const repeated = fc.array(fc.constantFrom(...all), { maxLength: all.length })
  return repeated
    .chain((again) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }))
    .map((order) => order.map((index) => events[index] as Event))
}

function customers(): Event[] {
  return ['cus_1', 'cus_2'].map((id) =>
    anEvent('customer.created', { id, name: `Customer ${id}` }, { id: `evt_${id}`, created: START }),
  )
}

function toEvents(one: { account: string; startsAfter: number; steps: Step[]; ends: boolean }, index: number): Event[] {
  const id = `sub_${index}`
  const start_date = START + one.startsAfter
  let created = start_date
  const events = one.steps.map((state, position) => {
    if (position > 0) created += state.after
    const object = aSubscription({
      id,
      customer: one.account,
      start_date,
      status: state.status,
      items: state.items.map((item) => anItem(item)),
    })
    const kind = position === 0 ? 'created' : 'updated'
    return anEvent(`customer.subscription.${kind}`, object, { id: `evt_${id}_${position}`, created })
  })
  if (!one.ends) return events
  const last = one.steps.at(-1)
  const object = aSubscription({
    id,
    customer: one.account,
    start_date,
    status: 'canceled',
    ended_at: created + 60,
    items: (last?.items ?? []).map((item) => anItem(item)),
  })
  return [...events, anEvent('customer.subscription.deleted', object, { id: `evt_${id}_end`, created: created + 61 })]
}

type Step = { after: number; status: string; items: Record<string, unknown>[] }
