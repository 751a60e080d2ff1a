import { type Fraction, fromText, isPositive, minus, nearest, over, plus, times, whole, ZERO } from './fraction.ts'
import type { StripeEvent } from './random-lives.ts'

/**
 * MRR of a customer at the end of a local day, from the webhooks alone, as slowly and plainly as the definitions read. It shares
 * no code with the reader of Stripe or with the ledger, so that agreeing means something.
 */
export type Oracle = {
  /** Minor units by currency, those that are 0 left out. */
  mrrAt(day: string): Map<string, bigint>
}

type Told = { order: [number, number, string]; from: string; effective: number; object: Subscription }
type Discount = {
  coupon: { duration: string; percent_off?: number; amount_off?: number }
  end?: number | null
}
type Tier = { up_to: number | 'inf'; unit_amount?: number; unit_amount_decimal?: string; flat_amount?: number | null }
type Recurring = { interval: string; interval_count?: number; usage_type?: string }
type Price = Partial<Recurring> & {
  id: string
  amount?: number
  unit_amount?: number | null
  unit_amount_decimal?: string
  recurring?: Recurring | null
  tiers_mode?: string
  tiers?: Tier[]
  transform_quantity?: { divide_by: number; round: string }
}
type Item = { quantity: number | null; price?: Price; plan?: Price; discounts?: Discount[] }
type Subscription = {
  id: string
  status: string
  currency: string
  start_date: number
  ended_at?: number
  cancel_at?: number
  cancel_at_period_end?: boolean
  canceled_at?: number
  pause_collection?: object
  discount?: Discount
  discounts?: Discount[]
  items: { data: Item[] }
}

export function oracleOf(
  events: readonly StripeEvent[],
  timeZone: string,
  services: readonly string[],
  churn: 'AT_END' | 'AT_REQUEST' = 'AT_END',
): Oracle {
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const known = new Map<number, string>()
  const dayOf = (seconds: number): string => {
    const day = known.get(seconds) ?? calendar.format(seconds * 1000)
    known.set(seconds, day)
    return day
  }
  const subscriptions = new Map<string, Told[]>()
  for (const event of events) {
    const object = event.data.object as Subscription
    const at = effective(event, object)
    const told = { order: orderOf(event), from: dayOf(at), effective: at, object }
    subscriptions.set(object.id, [...(subscriptions.get(object.id) ?? []), told])
  }
  const histories = [...subscriptions.values()].map((list) => list.sort(byOrder))
  const runs = (day: string) => (discount: Discount) =>
    discount.coupon.duration !== 'once' && (!discount.end || dayOf(discount.end) > day)
  return {
    mrrAt(day) {
      const sums = new Map<string, bigint>()
      for (const history of histories) {
        const believed = history.findLast(({ from }) => from <= day)
        if (!believed) continue
        const isLeaving = leavingTimes(history).some(([from, until]) => dayOf(from) <= day && dayOf(until) > day)
        if (churn === 'AT_REQUEST' && isLeaving) continue
        const { object } = believed
        const level = mrrOf(object, runs(day), services)
        if (level !== 0n)
          sums.set(object.currency.toUpperCase(), (sums.get(object.currency.toUpperCase()) ?? 0n) + level)
      }
      return sums
    },
  }
}

/** No second of the lives is as late. */
const NEVER = 9_000_000_000

/**
 * From when until when an end was asked for: from the word that says so, or from the time that it names, if nothing was said since,
 * until the next word; of an end that is told when it came, until it came.
 */
function leavingTimes(history: readonly Told[]): [from: number, until: number][] {
  return history.map(({ order: [created], effective: ended, object }, index): [number, number] => {
    const { cancel_at, cancel_at_period_end, canceled_at = NEVER, status } = object
    const [before = 0, next = NEVER] = [history[index - 1]?.order[0], history[index + 1]?.order[0]]
    if (status === 'canceled') return [Math.max(before, canceled_at), ended]
    if ((!cancel_at && !cancel_at_period_end) || next === created) return [NEVER, NEVER]
    return [canceled_at < created ? Math.max(before, canceled_at) : created, next]
  })
}

/** The time, then creation before changes before the end, then the id. */
function orderOf({ created, type, id }: StripeEvent): Told['order'] {
  return [created, type.endsWith('.created') ? 0 : type.endsWith('.deleted') ? 2 : 1, id]
}

function byOrder({ order: a }: Told, { order: b }: Told): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1)
}

/** Creation counts from the start date, an end from when service ended, all else from when it was said. */
function effective({ type, created }: StripeEvent, { status, start_date, ended_at }: Subscription): number {
  if (type.endsWith('.deleted') || status === 'canceled') return ended_at ?? created
  return type.endsWith('.created') ? start_date : created
}

function mrrOf(subscription: Subscription, runs: (discount: Discount) => boolean, services: readonly string[]): bigint {
  const { status, pause_collection, items, discount, discounts } = subscription
  if ((status !== 'active' && status !== 'past_due') || pause_collection) return 0n
  const own = items.data.map((item) => {
    const running = (item.discounts ?? []).filter(runs)
    return running.reduce((left, each) => takenOff([left], each, item)[0] ?? ZERO, listOf(item))
  })
  const shared = (discounts?.length ? discounts : discount ? [discount] : []).filter(runs)
  const [first] = items.data
  const paid = first ? shared.reduce((left, each) => takenOff(left, each, first), own) : own
  return items.data.reduce(
    (sum, item, index) => (services.includes(priceOf(item).id) ? sum : sum + nearest(paid[index] ?? ZERO)),
    0n,
  )
}

/** A percentage off each; an amount, said per billing interval, off the whole in proportion, and never more than the whole. */
function takenOff(amounts: Fraction[], { coupon }: Discount, billed: Item): Fraction[] {
  if (coupon.percent_off !== undefined) {
    const kept = over(minus(whole(100n), fromText(String(coupon.percent_off))), whole(100n))
    return amounts.map((amount) => times(amount, kept))
  }
  const total = amounts.reduce(plus, ZERO)
  if (!isPositive(total)) return amounts
  const left = minus(total, times(whole(BigInt(coupon.amount_off ?? 0)), intervalsPerMonth(priceOf(billed))))
  return amounts.map((amount) => (isPositive(left) ? over(times(amount, left), total) : ZERO))
}

function listOf(item: Item): Fraction {
  const price = priceOf(item)
  const { interval, usage_type } = price.recurring ?? price
  if (interval === undefined || usage_type === 'metered') return ZERO
  return times(perInterval(price, item.quantity ?? 1), intervalsPerMonth(price))
}

const priceOf = ({ price, plan }: Item): Price => price ?? plan ?? { id: '' }

function intervalsPerMonth(price: Price): Fraction {
  const { interval = 'month', interval_count = 1 } = price.recurring ?? price
  const year = { day: 365n, week: 52n, month: 12n, year: 1n }[interval] ?? 0n
  return [year, 12n * BigInt(interval_count)]
}

/** Unit by unit where there are tiers. */
function perInterval(price: Price, quantity: number): Fraction {
  const { tiers, tiers_mode, transform_quantity: packs } = price
  if (!tiers) {
    const round = packs?.round === 'up' ? Math.ceil : Math.floor
    const units = packs ? round(quantity / packs.divide_by) : quantity
    return times(whole(BigInt(units)), amountOf(price))
  }
  const tierOf = (unit: number) => tiers.find(({ up_to }) => up_to === 'inf' || unit <= up_to)
  let sum = ZERO
  let entered: Tier | undefined
  for (let unit = 1; unit <= quantity; unit += 1) {
    const tier = tierOf(tiers_mode === 'volume' ? quantity : unit)
    if (!tier) continue
    if (tier !== entered) sum = plus(sum, whole(BigInt(tier.flat_amount ?? 0)))
    entered = tier
    sum = plus(sum, amountOf(tier))
  }
  return sum
}

function amountOf(price: { unit_amount_decimal?: string; unit_amount?: number | null; amount?: number }): Fraction {
  return fromText(price.unit_amount_decimal ?? String(price.unit_amount ?? price.amount ?? 0))
}
