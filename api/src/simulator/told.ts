import type { ObservationEvent } from '../ingest/event.ts'
import { entitlement, feature, integration, invoiceLine, spend } from '../ingest/sources/observed.ts'
import { DAY, dayOf, monthOfYear, monthStart } from './calendar.ts'
import { climate } from './habits.ts'
import { randomOf } from './random.ts'
import { customersOf, type SimulatedCustomer, type Span } from './simulate.ts'
import { purchasedAt } from './usage.ts'
import { VENDOR } from './vendor.ts'

const FEATURES = ['boards', 'forms', 'timelines', 'approvals', 'goals', 'documents', 'guest access'] as const
const INTEGRATIONS = ['slack', 'google workspace', 'microsoft teams', 'salesforce', 'github'] as const

/** Workspaces are sold up to so many seats; who grows beyond takes the next size. */
const SIZES = [5, 10, 25, 50, 100, 250, 1000] as const

/** Larger customers take up more of what there is. */
const PACE: Record<string, number> = { SMB: 0.05, 'Mid-market': 0.09, Enterprise: 0.14 }

/** Yen a month in the first month, and how it grows: what the vendor spends on each. */
const BUDGETS = [
  { category: 'marketing', yen: 850_000, growth: 0.012 },
  { category: 'sales', yen: 1_050_000, growth: 0.014 },
  { category: 'customer success', yen: 420_000, growth: 0.02 },
] as const

/** What the vendor's own systems tell after each complete month: limits, features, integrations, single charges, and what it spent. */
export function toldByMonth(span: Span): { month: string; events: ObservationEvent[] }[] {
  const tellers = customersOf(span).map((customer) => tellerOf(span, customer))
  const months: { month: string; events: ObservationEvent[] }[] = []
  for (let month = 0; monthStart(span.from, month + 1) <= span.until; month++) {
    const [start, end] = [monthStart(span.from, month), monthStart(span.from, month + 1)]
    const at = end.toISOString()
    const named = dayOf(start).slice(0, 7)
    const events = [...spent(span, { month, named, at }), ...tellers.flatMap((tell) => tell(start, end))]
    months.push({ month: named, events })
  }
  return months
}

function spent({ seed, from }: Span, { month, named, at }: { month: number; named: string; at: string }) {
  const random = randomOf(seed, `spend ${month}`)
  const { growth } = climate(month, monthOfYear(monthStart(from, month)))
  return BUDGETS.map(({ category, yen, growth: more }) => {
    const amount = Math.round((yen * (1 + more * month) * (0.85 + 0.15 * growth) * random.between(0.95, 1.05)) / 1000)
    return spend({ at, month: named, category, amount: `${amount}000`, currency: VENDOR.currency })
  })
}

/** Called once for each month in turn: a customer takes things up while it pays, and never tells the same twice. */
function tellerOf({ seed }: Span, { id: account, key, segment, steps }: SimulatedCustomer) {
  const random = randomOf(seed, `told ${key}`)
  const pace = (PACE[segment] ?? 0) * random.between(0.4, 1.8)
  const held = new Set<string>()
  let limit = 0
  return (start: Date, end: Date): ObservationEvent[] => {
    const seats = purchasedAt(steps, end)
    const dice = [...FEATURES, ...INTEGRATIONS].map(() => random.next())
    const onDay = random.whole(1, 25)
    if (seats === 0) return []
    const at = end.toISOString()
    const day = dayOf(new Date(start.getTime() + onDay * DAY))
    const events: ObservationEvent[] = []
    if (limit === 0 && seats >= 12) {
      const amount = String(120_000 + seats * 2_000)
      const line = { invoice: `${account}-onboarding`, name: 'Onboarding', amount, currency: VENDOR.currency }
      events.push(invoiceLine({ account, at, day, ...line, recurring: false }))
    }
    const size = SIZES.find((most) => most >= seats) ?? seats
    if (size > limit) {
      limit = size
      events.push(entitlement({ account, at, day: dayOf(start), metric: 'seats', limit: String(size) }))
    }
    FEATURES.forEach((name, place) => {
      if (held.has(name) || dice[place]! >= pace * 1.4) return
      held.add(name)
      events.push(feature({ account, at, day, feature: name, adopted: true }))
    })
    INTEGRATIONS.forEach((name, place) => {
      if (held.has(name) || dice[FEATURES.length + place]! >= pace) return
      held.add(name)
      events.push(integration({ account, at, day, integration: name, connected: true }))
    })
    return events
  }
}
