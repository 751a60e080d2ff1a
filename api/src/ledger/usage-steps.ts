import type { ItemState, SubscriptionState, SubscriptionStatus } from '../ingest/event.ts'
import { localDay } from '../shared/local-day.ts'
import type { History, Step } from './history.ts'
import { isMetered, type Measured, type Metering, measureItem, metricsOf, usageReader } from './measure-usage.ts'
import { monthOf, startOfMonth } from './month.ts'
import { NOBISHIRO, type Recognition, USAGE_WINDOW } from './recognition.ts'

export type MeteringContext = { timeZone: string; recognition?: Partial<Recognition> }

/** Months in which nothing of this is held break a window: what was used before them says nothing of now. */
const HOLDING: readonly SubscriptionStatus[] = ['ACTIVE', 'PAST_DUE', 'TRIAL']

/**
 * The histories of one account with what its metered items bring. The usage of a closed month counts from the first instant of the
 * next: the level is the mean of the last three closed months, or of as many as the item has been held without a break. Nothing
 * happens outside when a month ends, so its start becomes a step of its own. Pure: which months are closed is part of what was read.
 */
export function withUsage(account: readonly History[], metering: Metering, context: MeteringContext): History[] {
  const window = USAGE_WINDOW[context.recognition?.metered ?? NOBISHIRO.metered]
  if (window === 0 || metering.closed.size === 0) return [...account]
  const held = heldMonths(account, metering, context.timeZone)
  return account.map((history) => ({ ...history, steps: stepsOf(history, { ...context, metering, held, window }) }))
}

type Inside = MeteringContext & { metering: Metering; held: Held; window: number }
type Held = ReadonlyMap<string, ReadonlySet<number>>

function stepsOf({ source, subscription, steps }: History, inside: Inside): Step[] {
  const read = usageReader(subscription.slice(source.length + 1), inside.metering)
  const measure = (state: SubscriptionState, month: number): Measured => {
    const items = state.items.filter((item) => isMetered(item) && closedOf(item, inside.metering) > 0)
    return new Map(
      items.map((item) => [item.item, measureItem(item, monthsFor(subscription, item, month, inside), read)]),
    )
  }
  return steps.flatMap((step, index) => {
    if (!step.state.items.some(isMetered)) return [step]
    const from = monthOf(localDay(new Date(step.effectiveAt), inside.timeZone))
    const until = steps[index + 1]?.effectiveAt
    const result: Step[] = [{ ...step, measured: measure(step.state, from) }]
    const last = Math.max(...step.state.items.filter(isMetered).map((item) => closedOf(item, inside.metering))) + 1
    for (let month = from + 1; month <= last; month += 1) {
      const at = startOfMonth(month, inside.timeZone)
      if (until !== undefined && at >= until) break
      const measured = measure(step.state, month)
      if (at <= step.effectiveAt || isSame(measured, result.at(-1)?.measured)) continue
      const sourceEvent = lastEvent(measured) ?? step.sourceEvent
      result.push({ ...step, effectiveAt: at, state: { ...step.state, renewed: false }, sourceEvent, measured })
    }
    return result
  })
}

/** The closed months that count at a month's start, oldest first: never one that is not closed yet. */
function monthsFor(subscription: string, item: ItemState, month: number, { metering, held, window }: Inside): number[] {
  const months = held.get(heldKey(subscription, item)) ?? new Set()
  const found: number[] = []
  const end = Math.min(month - 1, closedOf(item, metering))
  for (let at = end; at > end - window && months.has(at); at -= 1) found.unshift(at)
  return found
}

/** What was measured says how far it is known; only where nothing ever was, what was billed does. */
function closedOf(item: ItemState, { closed }: Metering): number {
  const [measured, billed] = metricsOf(item)
  return closed.get(measured) ?? closed.get(billed) ?? Number.NEGATIVE_INFINITY
}

/** A metric belongs to the account: a subscription that replaces another goes on where that one was. */
const heldKey = (subscription: string, item: ItemState): string => item.pricing.meter ?? `${subscription} ${item.item}`

/** The months in which anything of the account priced a metric, up to the last closed one. */
function heldMonths(account: readonly History[], metering: Metering, timeZone: string): Held {
  const held = new Map<string, Set<number>>()
  for (const { subscription, steps } of account) {
    for (const [index, { effectiveAt, state }] of steps.entries()) {
      if (!HOLDING.includes(state.status)) continue
      const next = steps[index + 1]?.effectiveAt
      const first = monthOf(localDay(new Date(effectiveAt), timeZone))
      for (const item of state.items.filter(isMetered)) {
        const closed = closedOf(item, metering)
        const end = next === undefined ? closed : monthOf(localDay(new Date(Date.parse(next) - 1), timeZone))
        const key = heldKey(subscription, item)
        const months = held.get(key) ?? new Set()
        held.set(key, months)
        for (let month = first; month <= Math.min(end, closed); month += 1) months.add(month)
      }
    }
  }
  return held
}

function isSame(a: Measured, b: Measured | undefined): boolean {
  const text = (measured: Measured | undefined) =>
    [...(measured ?? [])]
      .map(([item, { mean, event }]) => `${item} ${mean.numerator}/${mean.denominator} ${event}`)
      .join()
  return text(a) === text(b)
}

/** Of the newest closed month; where items differ, the one that sorts last. */
const lastEvent = (measured: Measured): string | null =>
  [...measured.values()]
    .flatMap(({ event }) => event ?? [])
    .sort()
    .at(-1) ?? null
