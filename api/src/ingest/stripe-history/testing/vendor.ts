import { addMonths } from './calendar.ts'
import { discountAt, holdingAt, invoicesOf, periodsOf, priceObject } from './invoices.ts'
import { type Life, NOW, PLANS, type Plan } from './lives.ts'

type Fields = Record<string, unknown>

/** All that a vendor's Stripe account holds, newest first as the API lists it. */
export type Account = {
  products: Fields[]
  prices: Fields[]
  coupons: Fields[]
  customers: Fields[]
  subscriptions: Fields[]
  subscription_schedules: Fields[]
  invoices: Fields[]
  invoiceitems: Fields[]
}

const NAMES = { basic: 'Basic', pro: 'Pro', enterprise: 'Enterprise' } as const

export function accountOf(lives: readonly Life[]): Account {
  const plans = Object.keys(PLANS) as Plan[] // its own keys
  const invoiced = lives.map(invoicesOf)
  return {
    products: plans.map((plan) => ({
      id: `prod_${plan}`,
      object: 'product',
      name: NAMES[plan],
      created: 1_700_000_000,
    })),
    prices: plans.flatMap((plan) => (['month', 'year'] as const).map((interval) => priceObject({ plan, interval }))),
    coupons: [
      { id: 'coupon_forever', object: 'coupon', duration: 'forever', percent_off: 20, created: 1_700_000_000 },
      {
        id: 'coupon_repeating',
        object: 'coupon',
        duration: 'repeating',
        duration_in_months: 3,
        percent_off: 20,
        created: 1_700_000_000,
      },
    ],
    customers: newestFirst([...new Map(lives.map((life) => [life.customer, customer(life)])).values()]),
    subscriptions: newestFirst(lives.map((life) => subscriptionAt(life, NOW))),
    subscription_schedules: [],
    invoices: newestFirst(invoiced.flatMap(({ invoices }) => invoices)),
    invoiceitems: invoiced.flatMap(({ pending }) => pending),
  }
}

const newestFirst = (list: Fields[]): Fields[] => [...list].sort((a, b) => Number(b['created']) - Number(a['created']))

const customer = ({ customer: id, moves }: Life): Fields => ({
  ...{ id, object: 'customer', name: `Customer ${id.slice(4)}`, created: moves[0]?.at, metadata: {} },
  ...{ email: `billing@${id.replace('_', '-')}.example`, address: { country: 'JP' } },
})

/** The subscription as the API or an event of that time shows it. */
export function subscriptionAt(life: Life, time: number): Fields {
  const { trialEnd, end } = life
  const start = life.moves[0]?.at ?? 0
  const holding = holdingAt(life, time)
  const isOver = end !== null && end <= time
  const period = periodsOf(life)
    .filter((each) => each.start <= time)
    .at(-1) ?? { start, end: addMonths(start, 1) }
  const discount = isOver ? null : discountAt(life, time)
  const isPaused = life.paused !== null && life.paused.from <= time && time < life.paused.until
  return {
    id: life.subscription,
    object: 'subscription',
    ...{ customer: life.customer, currency: 'usd', created: start, start_date: start, metadata: {} },
    status: isOver ? 'canceled' : trialEnd !== null && time < trialEnd ? 'trialing' : 'active',
    ...{ ended_at: isOver ? end : null, canceled_at: isOver ? end : null, cancel_at_period_end: false },
    ...{ trial_start: trialEnd === null ? null : start, trial_end: trialEnd, schedule: null },
    pause_collection: isPaused ? { behavior: 'void', resumes_at: null } : null,
    discounts: discount ? [discount] : [],
    items: {
      object: 'list',
      has_more: false,
      data: [
        {
          ...{ id: `si_${life.subscription}`, object: 'subscription_item', metadata: {}, discounts: [] },
          ...{ current_period_start: period.start, current_period_end: period.end },
          ...{ price: priceObject(holding), quantity: holding.seats, subscription: life.subscription },
        },
      ],
    },
  }
}
