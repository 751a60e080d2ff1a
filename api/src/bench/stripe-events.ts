/** Webhooks of many customers as Stripe sends them, in the order in which they happen. */
export type StripeEvents = { accounts: number; events: number; from: number }

const DAY = 86_400
const START = 1_700_000_000
const PLANS = 12

/** Events number `from` to `from + events` of an endless life: each customer arrives, subscribes, then changes seats or plan. */
export function stripeEvents({ accounts, events, from }: StripeEvents): Buffer[] {
  return Array.from({ length: events }, (_, index) => {
    const number = from + index
    const account = number % accounts
    const turn = Math.floor(number / accounts)
    const created = START + turn * 30 * DAY + (account % DAY)
    if (turn === 0) return event(number, 'customer.created', customer(account, created), created)
    const kind = turn === 1 ? 'created' : 'updated'
    return event(number, `customer.subscription.${kind}`, subscription(account, turn, created), created)
  })
}

function event(number: number, type: string, object: object, created: number): Buffer {
  const body = {
    id: `evt_bench_${String(number).padStart(12, '0')}`,
    object: 'event',
    api_version: '2025-10-29.clover',
    created,
    data: { object },
    livemode: true,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }
  return Buffer.from(JSON.stringify(body, null, 2))
}

const customer = (account: number, created: number) => ({
  id: `cus_bench_${account}`,
  object: 'customer',
  address: { city: null, country: ['DE', 'JP', 'US'][account % 3], line1: null, postal_code: null, state: null },
  balance: 0,
  created,
  currency: 'usd',
  default_source: null,
  delinquent: false,
  description: null,
  email: `billing@customer-${account}.example`,
  invoice_prefix: `B${account}`,
  livemode: true,
  metadata: { segment: ['SMB', 'Mid-market', 'Enterprise'][account % 3] },
  name: `Customer ${account}`,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none',
})

function subscription(account: number, turn: number, created: number) {
  const plan = (account + Math.floor(turn / 3)) % PLANS
  const recurring = {
    interval: 'month',
    interval_count: 1,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
  const price = {
    id: `price_bench_${plan}`,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: START,
    currency: 'usd',
    livemode: true,
    lookup_key: null,
    metadata: {},
    nickname: `Plan ${plan}`,
    product: `prod_bench_${plan % 4}`,
    recurring,
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: 1_000 + plan * 250,
    unit_amount_decimal: String(1_000 + plan * 250),
  }
  return {
    id: `sub_bench_${account}`,
    object: 'subscription',
    automatic_tax: { enabled: false, liability: null },
    billing_cycle_anchor: START,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    collection_method: 'charge_automatically',
    created: START + 30 * DAY + (account % DAY),
    currency: 'usd',
    customer: `cus_bench_${account}`,
    default_payment_method: null,
    description: null,
    discounts: [],
    ended_at: null,
    items: {
      object: 'list',
      data: [
        {
          id: `si_bench_${account}`,
          object: 'subscription_item',
          created,
          current_period_end: created + 30 * DAY,
          current_period_start: created,
          discounts: [],
          metadata: {},
          price,
          quantity: 1 + ((account * 7 + turn * 3) % 40),
          subscription: `sub_bench_${account}`,
          tax_rates: [],
        },
      ],
      has_more: false,
      total_count: 1,
      url: `/v1/subscription_items?subscription=sub_bench_${account}`,
    },
    latest_invoice: `in_bench_${account}_${turn}`,
    livemode: true,
    metadata: {},
    start_date: START + 30 * DAY + (account % DAY),
    status: 'active',
    test_clock: null,
    trial_end: null,
    trial_start: null,
  }
}
