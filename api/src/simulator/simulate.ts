import { aozoraLife } from './aozora.ts'
import { DAY, dayOf, monthOfYear, monthStart } from './calendar.ts'
import { withFeature } from './feature.ts'
import { DEPARTMENTS, departmentLife, GROUP } from './group.ts'
import { arrivals, climate, habitsOf } from './habits.ts'
import { lifeOf, type Step } from './life.ts'
import { type Company, companies } from './names.ts'
import { randomOf } from './random.ts'
import { RUNS, withRuns } from './runs.ts'
import { type StripeObject, seconds, stripeObjects } from './stripe-objects.ts'
import { DOLLARS, PRICES, PRODUCTS, RISES } from './vendor.ts'

/** One webhook as Stripe would send it. */
export type StripeWebhook = { id: string; type: string; created: Date; body: Uint8Array }

/** The seed and the first month decide everything; `until` only says how much of it has happened. */
export type Span = { seed: string; from: Date; until: Date }

/** One customer of the vendor, and what happened to its contracts up to `until`. */
export type SimulatedCustomer = {
  key: string
  id: string
  company: Company
  segment: string
  manager: string
  /** Id of the customer above it. */
  parent?: string
  department?: string
  steps: Step[]
}

/** Webhooks of the demo vendor in the order in which they happened. */
export function* simulate(span: Span): Iterable<StripeWebhook> {
  const stripe = stripeObjects(span.seed)
  const last = new Map<string, StripeObject>()
  for (const { at, key, type, make } of occurrences(span)) {
    const object = make()
    const about = String(object['id'])
    const before = type.endsWith('.updated') ? last.get(about) : undefined
    last.set(about, object)
    const event = stripe.event(key, type, object, at, before && stripe.previousAttributes(before, object))
    yield { id: String(event['id']), type, created: at, body: new TextEncoder().encode(JSON.stringify(event)) }
  }
}

/** The vendor's customers in the order of their arrival. */
export function customersOf({ seed, from, until }: Span): SimulatedCustomer[] {
  const { customerId } = stripeObjects(seed)
  const names = companies(randomOf(seed, 'names'))
  const story = { company: names[0] as Company, segment: 'SMB', manager: 'Mori' } // the list begins with the story's company
  const parent = customerId(GROUP.key)
  const departments = DEPARTMENTS.map(({ key, name, department }, index): SimulatedCustomer => {
    const company = { name, industry: GROUP.industry, country: GROUP.country }
    const steps = upTo(until, departmentLife(from, DEPARTMENTS[index]!))
    return { key, id: customerId(key), company, segment: 'Mid-market', manager: 'Okada', parent, department, steps }
  })
  const aozora: SimulatedCustomer = {
    key: 'aozora',
    id: customerId('aozora'),
    ...story,
    steps: upTo(until, aozoraLife(from)),
  }
  const customers = [aozora, ...departments]
  const launched = monthStart(from, PRODUCTS.find(({ addOn }) => addOn)?.launched ?? 0)
  const metered = monthStart(from, RUNS.launched)
  for (let month = 0; monthStart(from, month) <= until; month++) {
    const { growth } = climate(month, monthOfYear(monthStart(from, month)))
    const count = arrivals(randomOf(seed, `arrivals ${month}`), month, growth)
    for (let index = 0; index < count; index++) {
      const company = names[customers.length - departments.length]
      if (!company) break
      const key = `${month}-${index}`
      const random = randomOf(seed, `customer ${key}`)
      const habits = habitsOf(random, month === 0)
      // Streams of their own: what is drawn here moves nothing else.
      const welcome = randomOf(seed, `welcome ${key}`).chance(0.15) ? 20 : null
      const life = lifeOf({ habits, random, from, month, region: company.country, welcome }, until)
      const grown = withFeature(life, { random: randomOf(seed, `feature ${key}`), launched })
      const used = withRuns(grown, { random: randomOf(seed, `runs ${key}`), launched: metered })
      const steps = company.country === DOLLARS.country && month >= DOLLARS.month ? inDollars(used) : used
      const segment = { SMALL: 'SMB', MID: 'Mid-market', LARGE: 'Enterprise' }[habits.size]
      customers.push({ key, id: customerId(key), company, segment, manager: habits.manager, steps: upTo(until, steps) })
    }
  }
  return customers.filter(({ steps }) => steps.length > 0)
}

const inDollars = (steps: readonly Step[]): Step[] =>
  steps.map((step) => ({ ...step, contract: { ...step.contract, currency: 'usd' } }))

function upTo(until: Date, steps: Step[]): Step[] {
  return steps.filter(({ at }) => at <= until)
}

/** Something that Stripe would tell; the object is made when its turn comes. */
type Occurrence = { at: Date; key: string; type: string; make: () => StripeObject }

function occurrences(span: Span): Occurrence[] {
  const stripe = stripeObjects(span.seed)
  const told = customersOf(span).flatMap((customer): Occurrence[] => {
    const [first] = customer.steps
    if (!first) return []
    const signedUp = new Date(first.at.getTime() - 95_000)
    const { company, segment, manager, parent, department } = customer
    return [
      {
        at: signedUp,
        key: `${customer.key}/customer`,
        type: 'customer.created',
        make: () => stripe.customer(customer.key, { ...company, segment, manager, parent, department }, signedUp),
      },
      ...customer.steps.map((step) => ({
        at: step.at,
        key: `${customer.key}/${step.contract.key}/${seconds(step.at)}/${step.kind}`,
        type: `customer.subscription.${step.kind}`,
        make: () => stripe.subscription(customer.key, step.contract, step.at),
      })),
    ]
  })
  const all = [...catalogue(span), group(span), ...told].filter(({ at }) => at <= span.until)
  return all.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1))
}

/** The account above the departments, known a week before the first of them buys. */
function group({ seed, from }: Span): Occurrence {
  const stripe = stripeObjects(seed)
  const at = new Date(monthStart(from, DEPARTMENTS[0].seats[0][0]).getTime() - 7 * DAY)
  const about = { ...GROUP, segment: 'Enterprise', manager: 'Okada' }
  return {
    at,
    key: `${GROUP.key}/customer`,
    type: 'customer.created',
    make: () => stripe.customer(GROUP.key, about, at),
  }
}

/** Products and prices appear when they are launched; a price rise is a new price of the same name. */
function catalogue({ seed, from }: Span): Occurrence[] {
  const stripe = stripeObjects(seed)
  const launch = (launched: number, rise: number) => {
    const month = Math.max(launched, RISES[rise - 1]?.month ?? 0)
    return new Date(monthStart(from, month).getTime() + 3_600_000)
  }
  const products = PRODUCTS.map((product): Occurrence => {
    const at = launch(product.launched, 0)
    return { at, key: product.key, type: 'product.created', make: () => stripe.product(product, at) }
  })
  const prices = [...PRICES.values()].flatMap((list): Occurrence[] => {
    const yen = new Date(launch(list.product.launched, list.rise).getTime() + 60_000)
    const dollars = new Date(launch(Math.max(list.product.launched, DOLLARS.month), list.rise).getTime() + 120_000)
    return [
      { at: yen, key: list.key, type: 'price.created', make: () => stripe.price(list, 'jpy', yen) },
      { at: dollars, key: `${list.key}/usd`, type: 'price.created', make: () => stripe.price(list, 'usd', dollars) },
    ]
  })
  return [...products, ...prices]
}

/** The month that a three-year history up to an instant begins with. */
export function threeYearsBefore(until: Date): Date {
  return new Date(`${dayOf(monthStart(until, -36))}T00:00:00+09:00`)
}
