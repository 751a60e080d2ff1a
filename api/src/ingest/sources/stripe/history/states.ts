import type { Discount, ItemState, SubscriptionHistoryEvent, SubscriptionStatus } from '../../../event.ts'
import { type Segment as AnySegment, JOIN } from '../../../service-periods/segments.ts'
import type { Gap } from './gap.ts'
import type { InvoiceLine } from './invoice-line.ts'
import { discountsOf, type knownDiscounts, periodsOf } from './known-discounts.ts'

type States = SubscriptionHistoryEvent['states']
type Segment = AnySegment<InvoiceLine>

export type Rebuild = {
  currency: string
  segments: readonly Segment[]
  lines: readonly InvoiceLine[]
  known: ReturnType<typeof knownDiscounts>
  /** Region of each item as it is now, else of the subscription. */
  regionOf: (item: string) => string | undefined
  trial: { from: string; until: string } | null
  /** Where service ended, or nothing is known any more. */
  ended: string | null
  asOf: string
}

/** What a subscription was from when on, told by its segments. A time without any, in between or at the end, is a pause. */
export function statesOf(rebuild: Rebuild): { states: States; gaps: Gap[] } {
  const { segments, trial, ended, asOf } = rebuild
  const end = ended !== null && ended < asOf ? ended : asOf
  const bounds = new Set(segments.flatMap(({ from, until }) => [from, until]))
  if (trial && segments.some(({ from, until }) => from <= trial.from && trial.from < until)) bounds.add(trial.from)
  if (trial && segments.some(({ from }) => from <= trial.from)) bounds.add(trial.until)
  const periods = periodsOf(rebuild.lines)
  const gaps: Gap[] = []
  const states: States = []
  for (const effectiveAt of [...bounds].filter((bound) => bound < end).sort()) {
    const active = segments.filter(({ from, until }) => from <= effectiveAt && effectiveAt < until)
    const before = states.at(-1)?.state
    if (active.length === 0) {
      // An invoice that is about to come, or the end itself: no pause.
      const isEnd = Date.parse(end) - Date.parse(effectiveAt) <= JOIN
      if (before && !isEnd) states.push({ effectiveAt, state: { ...before, status: 'PAUSED' } })
      continue
    }
    const taken = discountsAt(rebuild, active, effectiveAt, periods)
    gaps.push(...taken.gaps)
    const items = active.map((segment) => itemState(segment, rebuild, taken.own.get(segment.item)))
    const renews = active.some(({ from, line }) => from === effectiveAt && !line.proration)
    states.push({
      effectiveAt,
      state: {
        status: statusOf(active, trial, effectiveAt),
        currency: rebuild.currency,
        items,
        ...(taken.shared.length === 0 ? {} : { discounts: taken.shared }),
        ...(renews && before ? { renewed: true } : {}),
      },
    })
  }
  const known = withoutRepeats(states)
  const last = known.at(-1)?.state
  if (ended !== null && ended <= asOf && last)
    known.push({ effectiveAt: ended, state: { status: 'ENDED', currency: last.currency, items: [] } })
  return { states: known, gaps }
}

function statusOf(active: readonly Segment[], trial: Rebuild['trial'], at: string): SubscriptionStatus {
  const isInTrial = trial !== null && trial.from <= at && at < trial.until
  if (isInTrial || active.every(({ isTrial }) => isTrial)) return 'TRIAL'
  return active.every(({ line }) => line.counts === 'UNCOLLECTIBLE') ? 'PAST_DUE' : 'ACTIVE'
}

function itemState({ item, line }: Segment, { regionOf }: Rebuild, own: Discount[] = []): ItemState {
  const { price, product, pricing } = line.priced
  const region = regionOf(item)
  return {
    ...{ item, price, product, quantity: line.quantity, pricing },
    ...(region === undefined ? {} : { region }),
    ...(own.length === 0 ? {} : { discounts: own }),
  }
}

type Taken = { shared: Discount[]; own: Map<string, Discount[]>; gaps: Gap[] }

/**
 * A proration is invoiced net, so the discounts of an item are those of its last full line. What every item shows is the
 * subscription's.
 */
function discountsAt(
  { known, segments }: Rebuild,
  active: readonly Segment[],
  at: string,
  periods: ReadonlyMap<string, number>,
): Taken {
  const isHeld = new Set(active.map(({ item }) => item))
  const full = new Map<string, InvoiceLine>()
  for (const { item, line, from } of segments) {
    if (!line.proration && from <= at && isHeld.has(item)) full.set(item, line)
  }
  const read = [...full].map(([item, line]) => ({ item, ...discountsOf(line, known, periods) }))
  const isShared = ({ id }: Discount) => read.every(({ discounts }) => discounts.some((each) => each.id === id))
  const own = read.map(({ item, discounts, guessed }): [string, Discount[]] => [
    item,
    [...guessed, ...discounts.filter((discount) => !isShared(discount))],
  ])
  return {
    shared: (read[0]?.discounts ?? []).filter(isShared),
    own: new Map(own),
    gaps: read.flatMap(({ gaps }) => gaps),
  }
}

/** A renewal that changes nothing says nothing. */
function withoutRepeats(states: States): States {
  const kept: States = []
  for (const step of states) {
    const last = kept.at(-1)
    if (last && sameState(last.state, step.state)) continue
    kept.push(step)
  }
  return kept
}

function sameState(a: States[number]['state'], b: States[number]['state']): boolean {
  const { renewed: _, ...was } = a
  const { renewed: __, ...is } = b
  return JSON.stringify(was) === JSON.stringify(is)
}
