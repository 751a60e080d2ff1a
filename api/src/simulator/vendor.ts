import { monthStart } from './calendar.ts'

/** Hibiki Cloud, an invented vendor of work management software in Tokyo. */
export const VENDOR = { tenantId: 'demo', name: 'Hibiki Cloud', currency: 'JPY', timeZone: 'Asia/Tokyo' } as const

export type Interval = 'month' | 'year'

export type Currency = 'jpy' | 'usd'

/** From this month on new customers in the United States buy in dollars. */
export const DOLLARS = { month: 14, country: 'US' } as const

/** A level of a product. `amount` is yen per month and unit; a year costs ten months. */
export type PlanOffer = { key: string; nickname: string | null; amount: number }
export type ProductOffer = {
  key: string
  name: string
  description: string
  launched: number
  plans: PlanOffer[]
  /** Switches a feature on, on top of a plan. */
  addOn?: true
  /** Sold by what is used beyond what a plan includes: the amount is for so many. */
  meteredBy?: number
}

/** What is sold. Core is sold by seat, the rest by workspace. `launched` counts months from the first. */
export const PRODUCTS: readonly ProductOffer[] = [
  {
    key: 'core',
    name: 'Hibiki Core',
    description: 'Work management for teams, per seat',
    launched: 0,
    plans: [
      { key: 'starter', nickname: 'Starter', amount: 1200 },
      { key: 'team', nickname: 'Team', amount: 2400 },
      { key: 'business', nickname: 'Business', amount: 3600 },
      { key: 'enterprise', nickname: 'Enterprise', amount: 5400 },
    ],
  },
  {
    key: 'insights',
    name: 'Hibiki Insights',
    description: 'Dashboards and reports, per workspace',
    launched: 2,
    plans: [
      { key: 'insights-essential', nickname: 'Essential', amount: 18_000 },
      { key: 'insights-advanced', nickname: 'Advanced', amount: 48_000 },
    ],
  },
  {
    key: 'automation',
    name: 'Hibiki Automation',
    description: 'Workflows across tools, per workspace',
    launched: 9,
    plans: [
      { key: 'automation-essential', nickname: 'Essential', amount: 24_000 },
      { key: 'automation-advanced', nickname: 'Advanced', amount: 66_000 },
    ],
  },
  {
    key: 'sign-on',
    name: 'Hibiki Sign-on',
    description: 'Central sign-on and audit log, per workspace',
    launched: 15,
    plans: [{ key: 'sign-on', nickname: null, amount: 30_000 }],
    addOn: true,
  },
  {
    key: 'runs',
    name: 'Hibiki Runs',
    description: 'Workflow runs beyond those included, per hundred',
    launched: 17,
    plans: [{ key: 'runs', nickname: null, amount: 300 }],
    meteredBy: 100,
  },
  // The vendor set these two up as separate products of the billing system, though one is a level of the other.
  {
    key: 'support-standard',
    name: 'Support Standard',
    description: 'Answers within one working day',
    launched: 0,
    plans: [{ key: 'support-standard', nickname: null, amount: 12_000 }],
  },
  {
    key: 'support-premium',
    name: 'Support Premium',
    description: 'Answers within one hour, named contact',
    launched: 0,
    plans: [{ key: 'support-premium', nickname: null, amount: 42_000 }],
  },
]

/** Price rises: from this month on new sales cost more; who is a customer already pays more from a later renewal on. */
export const RISES = [
  { month: 13, percent: 105 },
  { month: 26, percent: 109 },
] as const

/** A price as it is listed: a plan, an interval, and how many rises it has seen. */
export type ListPrice = {
  key: string
  product: ProductOffer
  plan: PlanOffer
  interval: Interval
  rise: number
  amount: number
}

/** Every price that ever is listed. */
export const PRICES: ReadonlyMap<string, ListPrice> = new Map(
  PRODUCTS.flatMap((product) =>
    product.plans.flatMap((plan) =>
      (['month', 'year'] as const).flatMap((interval) =>
        [0, ...RISES.map((_, index) => index + 1)].map((rise) => {
          const price = { key: priceKey(plan.key, interval, rise), product, plan, interval, rise }
          return [price.key, { ...price, amount: amountOf(plan.amount, interval, rise) }] as const
        }),
      ),
    ),
  ),
)

export function priceKey(plan: string, interval: Interval, rise: number): string {
  return `${plan}/${interval}/${rise}`
}

export function priceOf(key: string): ListPrice {
  const price = PRICES.get(key)
  if (!price) throw new RangeError(`There is no price ${key}`)
  return price
}

/** How many rises the price list has seen at an instant. */
export function risesBy(from: Date, instant: Date): number {
  return RISES.filter((rise) => monthStart(from, rise.month) <= instant).length
}

/** Whole tens of yen per month; a year is ten months, and a multiple of twelve. */
function amountOf(monthly: number, interval: Interval, rise: number): number {
  const percent = RISES[rise - 1]?.percent ?? 100
  const month = Math.round((monthly * percent) / 1000) * 10
  return interval === 'month' ? month : Math.round((month * 10) / 12) * 12
}

/** What a list price is in minor units of a currency: dollars are a list of their own, in whole ones a month. */
export function amountIn(currency: Currency, { amount, interval }: ListPrice): number {
  if (currency === 'jpy') return amount
  const months = interval === 'year' ? 10 : 1
  return Math.max(1, Math.round(amount / months / 140)) * 100 * months
}
