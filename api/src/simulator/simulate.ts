import { aozoraLife } from './aozora.ts'
import { dayOf, monthOfYear, monthStart } from './calendar.ts'
import { arrivals, climate, habitsOf } from './habits.ts'
import { lifeOf, type Step } from './life.ts'
import { type Company, companies } from './names.ts'
import { randomOf } from './random.ts'
import { type StripeObject, seconds, stripeObjects } from './stripe-objects.ts'
import { PRICES, PRODUCTS, RISES } from './vendor.ts'

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
  const customers = [{ key: 'aozora', id: customerId('aozora'), ...story, steps: upTo(until, aozoraLife(from)) }]
  for (let month = 0; monthStart(from, month) <= until; month++) {
    const { growth } = climate(month, monthOfYear(monthStart(from, month)))
    const count = arrivals(randomOf(seed, `arrivals ${month}`), month, growth)
    for (let index = 0; index < count; index++) {
      const company = names[customers.length]
      if (!company) break
      const key = `${month}-${index}`
      const random = randomOf(seed, `customer ${key}`)
      const habits = habitsOf(random, month === 0)
      const steps = lifeOf({ habits, random, from, month, region: company.country }, until)
      const segment = { SMALL: 'SMB', MID: 'Mid-market', LARGE: 'Enterprise' }[habits.size]
      customers.push({ key, id: customerId(key), company, segment, manager: habits.manager, steps: upTo(until, steps) })
    }
  }
  return customers.filter(({ steps }) => steps.length > 0)
}

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
    const { company, segment, manager } = customer
    return [
      {
        at: signedUp,
        key: `${customer.key}/customer`,
        type: 'customer.created',
        make: () => stripe.customer(customer.key, { ...company, segment, manager }, signedUp),
      },
      ...customer.steps.map((step) => ({
        at: step.at,
        key: `${customer.key}/${step.contract.key}/${seconds(step.at)}/${step.kind}`,
        type: `customer.subscription.${step.kind}`,
        make: () => stripe.subscription(customer.key, step.contract, step.at),
      })),
    ]
  })
  const all = [...catalogue(span), ...told].filter(({ at }) => at <= span.until)
  return all.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1))
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
  const prices = [...PRICES.values()].map((list): Occurrence => {
    const at = new Date(launch(list.product.launched, list.rise).getTime() + 60_000)
    return { at, key: list.key, type: 'price.created', make: () => stripe.price(list, at) }
  })
  return [...products, ...prices]
}

/** The month that a three-year history up to an instant begins with. */
export function threeYearsBefore(until: Date): Date {
  return new Date(`${dayOf(monthStart(until, -36))}T00:00:00+09:00`)
}
