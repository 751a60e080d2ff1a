import type { FoldedEvent, SubscriptionState } from '../ingest/event.ts'
import type { TermName } from '../ingest/term.ts'
import { withDiscountEnds } from './discount.ts'
import { besideInvoices, type Invoices, invoicedHistory } from './invoices/invoiced-history.ts'
import type { Uncovered } from './invoices/uncovered.ts'
import type { Measured } from './measure-usage.ts'
import { withLapses } from './past-due.ts'
import { inOrder, type Position } from './position.ts'
import { type Prospect, prospectAt } from './prospect.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'
import { agreedLeaving, type Leaving, pastLeaving, withRequestedEnds } from './requested-ends.ts'
import { missingIn, withLastKnown } from './terms.ts'

/** An event of a subscription with where it came from. */
export type SourcedEvent = {
  source: string
  sourceEvent: string
  event: FoldedEvent
  /** What it names by id, found elsewhere or not. */
  names?: readonly TermName[]
}

/** From `effectiveAt` on the subscription is in this state, because of this event. */
export type Step = {
  effectiveAt: string
  state: SubscriptionState
  sourceEvent: string
  /** What its metered items bring beyond what is committed. */
  measured?: Measured
  /** Past due for longer than the policy counts it. */
  lapsed?: boolean
  /** Its end has been asked for, and the policy counts that. */
  leaving?: boolean
  /** The policy counts invoices, and none is in service. */
  uninvoiced?: boolean
}

/** It runs, and yet counts nothing. */
export const countsNothing = ({ lapsed, leaving, uninvoiced }: Step): boolean =>
  Boolean(lapsed || leaving || uninvoiced)

/** What is known of one subscription; ids carry their source. */
export type History = {
  source: string
  subscription: string
  account: string
  steps: Step[]
  /** Times at which something was agreed to come, in order; they do not overlap. */
  prospects: Prospect[]
  /** The last of its events. */
  last: Position
  /** What its events name by id, and what of it nothing tells. */
  names?: readonly TermName[]
  missing?: readonly TermName[]
  /** Nothing but a schedule has told of it. */
  isPlanned?: boolean
  /** The policy counts invoices, and this has none. */
  uncovered?: Uncovered
}

/**
 * Folds events into one history per subscription. The order of delivery does not matter: events are put into one total
 * order (time, rank, id), and each overrides what was believed from its effective time on. With `invoices`, what is in service by them
 * counts instead.
 */
export function histories(
  events: readonly SourcedEvent[],
  recognition: Recognition = NOBISHIRO,
  invoices?: Invoices,
): History[] {
  const bySubscription = new Map<string, SourcedEvent[]>()
  for (const sourced of events) {
    const key = `${sourced.source}:${sourced.event.subscription}`
    const group = bySubscription.get(key)
    if (group) group.push(sourced)
    else bySubscription.set(key, [sourced])
  }
  return [...bySubscription.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subscription, group]) => foldOne(subscription, group, { recognition, ...(invoices && { invoices }) }))
}

type Rules = { recognition: Recognition; invoices?: Invoices }

function foldOne(subscription: string, group: SourcedEvent[], { recognition, invoices }: Rules): History {
  const ordered = [...group].sort((a, b) => inOrder(positionOf(a), positionOf(b)))
  const names = group.flatMap((sourced) => sourced.names ?? [])
  const known = (list: Step[]) => (names.length === 0 ? list : withLastKnown(list))
  const prospects: Prospect[] = []
  const leavings: Leaving[] = []
  const planned = new Map<string | null, Dated[]>()
  let steps: Step[] = []
  for (const [index, { sourceEvent, event }] of ordered.entries()) {
    if (event.type === 'subscriptionHistory') steps = []
    if (event.type === 'subscriptionSchedule') {
      if (event.schedule === null) planned.clear()
      planned.set(event.schedule, event.phases)
    }
    for (const { effectiveAt, state } of toldBy(event)) {
      steps = steps.filter((step) => step.effectiveAt < effectiveAt)
      steps.push({ effectiveAt, state, sourceEvent })
    }
    const told = { sourceEvent, next: ordered[index + 1]?.sourceEvent, after: ordered[index - 1]?.event.at ?? '' }
    if (event.type === 'subscription') leavings.push(...pastLeaving(event, told))
    if (event.type === 'subscriptionHistory' && event.hindsight) continue
    const ahead = [...planned.values()].flat().filter(({ state }) => missingIn(state).length === 0)
    const prospect = prospectAt(known(steps), ahead, { from: event.at, until: ordered[index + 1]?.event.at })
    if (prospect) prospects.push(prospect)
    if (prospect) leavings.push(...agreedLeaving(prospect, told))
  }
  const last = ordered[ordered.length - 1]
  const toCome = [...planned.values()].flat().filter(({ effectiveAt }) => effectiveAt > (last?.event.at ?? ''))
  if (!last) throw new RangeError(`Subscription ${subscription} has no events`)
  const isInvoiced = invoices !== undefined && !invoices.periodic.has(last.source)
  const begin = ordered.some(isReadBack) ? steps[0]?.effectiveAt : undefined
  const invoiced = isInvoiced && invoicedHistory(known(steps), invoices.bySubscription.get(subscription) ?? [], begin)
  const missing = [...[...steps, ...toCome].flatMap(missingOf), ...(invoiced ? invoiced.missing : [])]
  const named = invoiced ? [...names, ...invoiced.names] : names
  return {
    source: last.source,
    subscription,
    account: `${last.source}:${last.event.account}`,
    steps: stepsUnder(recognition, invoiced ? invoiced.steps : known(steps), leavings),
    prospects: invoiced ? besideInvoices(prospects, invoiced.steps) : prospects,
    last: positionOf(last),
    ...(named.length === 0 ? {} : { names: named, missing }),
    ...(invoiced && invoiced.uncovered !== null ? { uncovered: invoiced.uncovered } : {}),
    ...(ordered.every(({ event }) => event.type === 'subscriptionSchedule') ? { isPlanned: true } : {}),
  }
}

/** Told by a reading of the past: where that begins, all that was asked for begins. */
const isReadBack = ({ event }: SourcedEvent): boolean =>
  event.type === 'subscriptionHistory' && event.hindsight === true

/** The steps of a policy: what ends by itself, what is on its way out, what lapses. */
function stepsUnder(recognition: Recognition, told: readonly Step[], leavings: readonly Leaving[]): Step[] {
  const running = withDiscountEnds(told, recognition)
  const left = recognition.churn === 'AT_REQUEST' ? withRequestedEnds(running, leavings) : running
  return withLapses(left, recognition.pastDueDays)
}

type Dated = { effectiveAt: string; state: SubscriptionState }

const missingOf = ({ state }: Dated): TermName[] => missingIn(state)

function toldBy(event: FoldedEvent): readonly Dated[] {
  if (event.type === 'subscriptionSchedule') return []
  return event.type === 'subscriptionHistory' ? event.states : [event]
}

export const positionOf = ({ sourceEvent, event: { at, rank } }: SourcedEvent): Position => ({ at, rank, sourceEvent })
