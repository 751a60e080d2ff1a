import { addMonths, at } from './calendar.ts'
import { type Random, randomOf } from './random.ts'

/** Plan levels as separate products, as Stripe's guidance has it. Minor units a seat and month; a year costs ten months. */
export const PLANS = { basic: 1000, pro: 1800, enterprise: 4000 } as const
export type Plan = keyof typeof PLANS

export type Holding = { plan: Plan; interval: 'month' | 'year'; seats: number }
export type Move = { at: number; holding: Holding }

/** One subscription as it really went. */
export type Life = {
  customer: string
  subscription: string
  moves: Move[]
  trialEnd: number | null
  discount: { percent: number; months: number | null } | null
  /** Service ends. */
  end: number | null
  /** Prorations get an invoice of their own, or wait for the next one. */
  invoicing: 'AT_ONCE' | 'LATER'
  /** Shape of API versions before and since 2025. */
  shape: 'OLD' | 'NEW'
  /** Invoices of these periods are void: collection was paused. */
  paused: { from: number; until: number } | null
}

export const NOW = at('2026-11-20T12:00:00Z')
const FIRST = at('2024-11-05')

/** Two years of customers: some grow, upgrade, shrink, pay by the year, try first, leave, come back. */
export function livesOf(seed: number, customers: number): Life[] {
  const random = randomOf(seed)
  return Array.from({ length: customers }, (_, index) => livesOfCustomer(random, index)).flat()
}

function livesOfCustomer(random: Random, index: number): Life[] {
  const customer = `cus_${index}`
  const start = addMonths(FIRST, random.whole(0, 18)) + random.whole(0, 20) * 86_400 + random.whole(0, 40_000)
  const first = lifeFrom(random, { customer, subscription: `sub_${index}`, start, index })
  if (first.end === null || index % 3 !== 0) return [first]
  const back = addMonths(first.end, random.whole(2, 4))
  if (back > NOW) return [first]
  return [first, lifeFrom(random, { customer, subscription: `sub_${index}_again`, start: back, index: index + 1 })]
}

function lifeFrom(
  random: Random,
  { customer, subscription, start, index }: { customer: string; subscription: string; start: number; index: number },
): Life {
  const isAnnual = index % 5 === 4
  const trialEnd = index % 4 === 1 ? start + 14 * 86_400 : null
  const paying = trialEnd ?? start
  let holding: Holding = {
    plan: random.pick(['basic', 'basic', 'pro'] as const),
    interval: isAnnual ? 'year' : 'month',
    seats: random.whole(2, 20),
  }
  const moves: Move[] = [{ at: start, holding }]
  for (let time = paying + random.whole(5, 70) * 86_400; time < NOW; time += random.whole(3, 120) * 86_400) {
    holding = moved(random, holding)
    moves.push({ at: time, holding })
  }
  const leaves = index % 4 === 2 || index % 3 === 0
  const end = leaves ? endOf(moves, paying, random) : null
  return {
    ...{ customer, subscription, trialEnd, end },
    moves: moves.filter((move) => end === null || move.at < end),
    discount: index % 6 === 5 ? { percent: 20, months: index % 12 === 5 ? null : 3 } : null,
    invoicing: index % 2 === 0 ? 'AT_ONCE' : 'LATER',
    shape: index % 3 === 1 ? 'OLD' : 'NEW',
    paused: null,
  }
}

function moved(random: Random, holding: Holding): Holding {
  const seats = Math.max(1, holding.seats + random.whole(-4, 9))
  if (random.chance(0.5)) return { ...holding, seats: seats === holding.seats ? seats + 1 : seats }
  const plans = (Object.keys(PLANS) as Plan[]).filter((plan) => plan !== holding.plan) // its own keys
  const plan = random.pick(plans)
  return { ...holding, plan, seats: random.chance(0.3) ? seats : holding.seats }
}

/** At the end of a period some months on, or in the middle of one. */
function endOf([first]: readonly Move[], paying: number, random: Random): number | null {
  const months = first?.holding.interval === 'year' ? 12 : random.whole(3, 14)
  const end = addMonths(paying, months) - (random.chance(0.3) ? random.whole(2, 15) * 86_400 : 0)
  return end < NOW ? end : null
}
