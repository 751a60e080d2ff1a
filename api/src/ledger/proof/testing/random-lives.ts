import fc from 'fast-check'

type Fields = Record<string, unknown>
/** A Stripe event as it is sent. */
export type StripeEvent = {
  id: string
  type: string
  created: number
  data: { object: Fields }
  [field: string]: unknown
}

const DAY = 86_400
const FROM = Date.UTC(2023, 9, 1) / 1000

const tiers = [
  { up_to: 5, unit_amount: 1100, flat_amount: null },
  { up_to: 20, unit_amount: 900, flat_amount: 250 },
  { up_to: 'inf', unit_amount_decimal: '733.35', flat_amount: 0 },
]
const monthly = { interval: 'month', interval_count: 1, usage_type: 'licensed' }
const price = (id: string, product: string, fields: Fields): Fields => ({
  ...{ id, object: 'price', product, nickname: id, type: 'recurring', billing_scheme: 'per_unit' },
  ...{ unit_amount: 1000, recurring: monthly, ...fields },
})

/** Sold without recurring: an invoice item's price among the items, as some vendors do. Services are mapped to no MRR. */
export const SERVICE_PRICE = 'onboarding'

/** Every shape of price that has a level, and those that have none. */
const PRICES: Fields[] = [
  price('basic', 'core', { unit_amount: 1999 }),
  price('pro', 'core', { unit_amount: 2999 }),
  price('pro-year', 'core', { unit_amount: 31_999, recurring: { interval: 'year', interval_count: 1 } }),
  price('quarter', 'suite', { unit_amount: 10_001, recurring: { interval: 'month', interval_count: 3 } }),
  price('weekly', 'suite', { unit_amount: 777, recurring: { interval: 'week', interval_count: 1 } }),
  price('fortnight', 'suite', { unit_amount: 5_005, recurring: { interval: 'week', interval_count: 2 } }),
  price('daily', 'desk', { unit_amount: null, unit_amount_decimal: '12.5', recurring: { interval: 'day' } }),
  price('graduated', 'calls', { billing_scheme: 'tiered', tiers_mode: 'graduated', unit_amount: null, tiers }),
  price('volume', 'calls', { billing_scheme: 'tiered', tiers_mode: 'volume', unit_amount: null, tiers }),
  price('packs', 'mail', { unit_amount: 4_000, transform_quantity: { divide_by: 10, round: 'up' } }),
  price('full-packs', 'mail', { unit_amount: 4_000, transform_quantity: { divide_by: 10, round: 'down' } }),
  price('metered', 'traffic', { recurring: { ...monthly, usage_type: 'metered' } }),
  price('set-up', 'set-up', { type: 'one_time', recurring: null, unit_amount: 99_900 }),
  price(SERVICE_PRICE, 'onboarding', { unit_amount: 50_000 }),
  { id: 'old-plan', object: 'plan', product: 'old', amount: 1_501, interval: 'month', interval_count: 1 },
]

const coupon = fc.oneof(
  fc.record({ percent_off: fc.constantFrom(10, 12.5, 33.333, 50, 100) }),
  fc.record({ amount_off: fc.constantFrom(1, 500, 999_999) }),
)
const discount = fc.record({
  coupon: fc
    .tuple(coupon, fc.constantFrom('forever', 'repeating', 'repeating', 'once'))
    .map(([off, duration]) => ({ id: 'promo', ...off, duration })),
  /** Days after the event at which it ends; a repeating one does. */
  lasts: fc.integer({ min: -20, max: 120 }),
})
const discounts = fc.oneof(
  { weight: 3, arbitrary: fc.array(discount, { maxLength: 0 }) },
  fc.array(discount, { maxLength: 2 }),
)

const item = fc.record({
  slot: fc.nat({ max: 3 }),
  price: fc.nat({ max: PRICES.length - 1 }),
  /** Price rises: the same price at another amount. */
  dearer: fc.constantFrom(0, 0, 0, 1, 333),
  quantity: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(null)),
  region: fc.constantFrom(undefined, undefined, 'JP', 'US'),
  discounts,
})

const step = fc.record({
  /** Seconds since the step before: some fall into the same second, some into the same day, most in the middle of a period. */
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: DAY }), fc.integer({ min: DAY, max: 80 * DAY })),
  status: fc.oneof(
    { weight: 5, arbitrary: fc.constant('active') },
    fc.constantFrom('trialing', 'past_due', 'unpaid', 'paused', 'incomplete', 'incomplete_expired', 'canceled'),
  ),
  collectionPaused: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
  /** What it keeps of the step before: the items as they are, or with other quantities. */
  keeps: fc.constantFrom('ALL', 'PRICES', 'NOTHING'),
  items: fc.uniqueArray(item, { minLength: 1, maxLength: 3, selector: ({ slot }) => slot }),
  discounts,
  /** Whether an end is agreed, so far ahead that it never comes, and how long before the event that was asked for. */
  leaves: fc.constantFrom(undefined, undefined, undefined, 'cancel_at', 'cancel_at_period_end'),
  asked: fc.constantFrom(undefined, 0, 3_600, 6 * DAY),
  /** Days by which an end lies before the event that tells of it. */
  backDated: fc.constantFrom(0, 0, 0, 3, 40, 400),
  /** Ids do not follow time. */
  salt: fc.nat({ max: 9 }),
})

const subscription = fc.record({
  starts: fc.integer({ min: 0, max: 300 * DAY }),
  /** Days between the start and the event that tells of it. */
  told: fc.constantFrom(0, 0, 0, 35, -2),
  currency: fc.constantFrom('usd', 'eur', 'jpy', 'kwd'),
  /** Stripe forbids it; other systems replace the currency in place. */
  changesCurrency: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  ends: fc.boolean(),
})
type Subscription = typeof subscription extends fc.Arbitrary<infer T> ? T : never
type Step = Subscription['steps'][number]

/** All that Stripe tells of one customer, in no useful order: up to three subscriptions of up to three items each. */
export const livesOf = (customer: string): fc.Arbitrary<StripeEvent[]> =>
  fc
    .array(subscription, { minLength: 1, maxLength: 3 })
    .map((list) => list.flatMap((one, index) => eventsOf(one, { customer, id: `sub_${customer}_${index}` })))
    .chain((events) => fc.shuffledSubarray(events, { minLength: events.length }))

function eventsOf(one: Subscription, who: { customer: string; id: string }): StripeEvent[] {
  const start = FROM + one.starts
  let created = start + one.told * DAY
  const events: StripeEvent[] = []
  const tell = (kind: string, step: Step, currency: string, fields: Fields = {}) => {
    const object = { ...bodyOf(step, { ...who, currency, start, created }), ...fields }
    const id = `evt_${step.salt}_${who.id}_${events.length}`
    events.push({ id, object: 'event', type: `customer.subscription.${kind}`, created, data: { object } })
  }
  let currency = one.currency
  const steps = settled(one.steps)
  for (const [index, step] of steps.entries()) {
    if (index > 0) created += step.after
    if (index === 3 && one.changesCurrency) currency = one.currency === 'usd' ? 'eur' : 'usd'
    tell(index === 0 ? 'created' : 'updated', step, currency)
  }
  const last = steps.at(-1)
  if (one.ends && last) {
    created += last.after
    tell('deleted', last, currency, { status: 'canceled', ended_at: created - last.backDated * DAY })
  }
  return events
}

function settled(steps: readonly Step[]): Step[] {
  const result: Step[] = []
  for (const step of steps) {
    const before = step.keeps === 'NOTHING' ? undefined : result.at(-1)?.items
    const kept = before?.map((item, index) => ({
      ...item,
      quantity: step.keeps === 'ALL' ? item.quantity : (step.items[index]?.quantity ?? item.quantity),
    }))
    result.push({ ...step, items: kept ?? step.items })
  }
  return result
}

function bodyOf(step: Step, about: { customer: string; id: string; currency: string; start: number; created: number }) {
  const { customer, id, currency, start, created } = about
  const given = (list: Step['discounts']) =>
    list.map(({ coupon, lasts }, index) => ({
      ...{ id: `di_${index}`, object: 'discount', coupon, start },
      end: coupon.duration === 'repeating' ? created + lasts * DAY : null,
    }))
  const data = step.items.map((each) => ({
    ...{
      id: `si_${each.slot}`,
      object: 'subscription_item',
      quantity: each.quantity,
      discounts: given(each.discounts),
    },
    ...{ metadata: { region: each.region }, ...priced(PRICES[each.price] ?? {}, currency, each.dearer) },
  }))
  return {
    ...{ id, object: 'subscription', customer, currency, start_date: start, status: step.status },
    ...(step.status === 'canceled' ? { ended_at: created - step.backDated * DAY } : {}),
    ...leavingOf(step, { start, created }),
    ...(step.collectionPaused ? { pause_collection: { behavior: 'void' } } : {}),
    ...(step.discounts.length === 1 ? { discount: given(step.discounts)[0] } : { discounts: given(step.discounts) }),
    items: { object: 'list', has_more: false, data },
  }
}

function leavingOf({ leaves, asked, status }: Step, { start, created }: { start: number; created: number }): Fields {
  const isOver = status === 'canceled'
  if (leaves === undefined && !isOver) return {}
  const end = created + 2_000 * DAY
  return {
    ...(leaves === 'cancel_at' ? { cancel_at: end } : {}),
    ...(leaves === 'cancel_at_period_end'
      ? { [leaves]: true, current_period_start: start, current_period_end: end }
      : {}),
    ...(asked === undefined ? {} : { canceled_at: created - asked }),
  }
}

/** Old API versions say `plan` for `price`. */
function priced(shape: Fields, currency: string, dearer: number): Fields {
  const amount = shape['object'] === 'plan' ? 'amount' : 'unit_amount'
  const raised = typeof shape[amount] === 'number' ? { [amount]: shape[amount] + dearer } : {}
  const full = { ...shape, ...raised, currency }
  return shape['object'] === 'plan' ? { plan: full } : { price: full }
}
