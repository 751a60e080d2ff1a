import { NO_CURRENCY } from '../../../shared/money.ts'
import { rational, roundHalfEven } from '../../../shared/rational.ts'
import type { SubscriptionState } from '../../event.ts'
import type { SubscriptionLine } from './lines.ts'

export const PRODUCT = 'chartmogul'

type Held = { line: SubscriptionLine; cents: bigint; quantity: number }
type Stage = { effectiveAt: string; state: SubscriptionState }

/**
 * What the lines of one subscription say of it: each service period begins a state, and it runs until it is cancelled, as in
 * ChartMogul. The order of the lines does not matter.
 */
export function historyOf(lines: readonly SubscriptionLine[], cancellations: readonly string[]): Stage[] {
  const starts = [...new Set(lines.map(({ start }) => start))].sort()
  const ends = [...new Set([...cancellations, ...lines.flatMap(({ cancelledAt }) => cancelledAt ?? [])])]
  const stages: Stage[] = []
  let held = new Map<string, Held>()
  let before = ''
  for (const start of starts) {
    // What a cancellation ended is not the base of a later difference.
    const base = ends.some((end) => end > before && end <= start) ? new Map<string, Held>() : held
    held = heldFrom(
      lines.filter((line) => line.start === start),
      base,
    )
    before = start
    stages.push({ effectiveAt: start, state: stateOf([...held.values()]) })
  }
  const [currency = NO_CURRENCY] = lines.map((line) => line.currency)
  const ended = ends.map((end) => ({ effectiveAt: end, state: { status: 'ENDED', currency, items: [] } as const }))
  // Of one instant the end comes first, so that what begins then counts.
  return [...ended.map((stage) => ({ ...stage, state: { ...stage.state, items: [] } })), ...stages].sort((a, b) =>
    a.effectiveAt < b.effectiveAt ? -1 : a.effectiveAt > b.effectiveAt ? 1 : 0,
  )
}

function heldFrom(lines: readonly SubscriptionLine[], base: ReadonlyMap<string, Held>): Map<string, Held> {
  const isDifference = lines.every(({ proration }) => proration === 'differential')
  const held = new Map<string, Held>(isDifference ? base : [])
  for (const line of [...lines].sort(inOrder)) {
    const key = line.plan.plan
    const cents = line.proration === 'none' ? line.cents : forWholeInterval(line)
    const other = held.get(key)
    const isAdded = other !== undefined && (line.proration === 'differential' || line.start === other.line.start)
    const quantity = line.proration === 'differential' && other ? Math.max(line.quantity, 1) : Math.abs(line.quantity)
    held.set(key, {
      line,
      cents: isAdded ? other.cents + cents : cents,
      quantity: isAdded && line.proration !== 'differential' ? other.quantity + quantity : quantity,
    })
  }
  // A plan that is credited in full is no longer held.
  return new Map([...held].filter(([, { cents, line }]) => cents > 0n || line.isTrial || line.cents === 0n))
}

const inOrder = (a: SubscriptionLine, b: SubscriptionLine): number =>
  a.plan.plan < b.plan.plan ? -1 : a.plan.plan > b.plan.plan ? 1 : a.cents < b.cents ? -1 : a.cents > b.cents ? 1 : 0

/** What a part of an interval would have cost for all of it, by days, to the cent. */
function forWholeInterval({ cents, start, end, plan }: SubscriptionLine): bigint {
  const [from, until] = [Date.parse(start), Date.parse(end)]
  const whole = until - before(new Date(until), plan.interval, plan.every).getTime()
  return roundHalfEven(rational(cents * BigInt(whole), BigInt(until - from)))
}

function before(end: Date, interval: SubscriptionLine['plan']['interval'], every: number): Date {
  const start = new Date(end)
  if (interval === 'DAY') start.setUTCDate(end.getUTCDate() - every)
  if (interval === 'WEEK') start.setUTCDate(end.getUTCDate() - 7 * every)
  if (interval === 'MONTH') start.setUTCMonth(end.getUTCMonth() - every)
  if (interval === 'YEAR') start.setUTCFullYear(end.getUTCFullYear() - every)
  return start
}

function stateOf(held: readonly Held[]): SubscriptionState {
  const [first] = held
  const currency = first?.line.currency ?? NO_CURRENCY
  if (!first) return { status: 'ACTIVE', currency, items: [] }
  return {
    status: held.every(({ line }) => line.isTrial) ? 'TRIAL' : 'ACTIVE',
    currency,
    items: held.map(({ line: { plan }, cents, quantity }) => ({
      item: plan.plan,
      price: plan.plan,
      product: PRODUCT,
      quantity,
      pricing: {
        currency,
        scheme: 'FLAT',
        unitAmount: String(cents),
        interval: plan.interval,
        intervalCount: plan.every,
        usage: 'LICENSED',
      },
    })),
  }
}
