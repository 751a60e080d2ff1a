import type { ItemState, SubscriptionState, SubscriptionStatus } from '../../ingest/event.ts'
import type { Segment } from '../../ingest/service-periods/segments.ts'
import type { Step } from '../history.ts'
import { levels } from '../levels.ts'
import { isMetered } from '../measure-usage.ts'
import { NOBISHIRO } from '../recognition.ts'
import { invoicedItem } from './invoiced-item.ts'
import type { InvoicedLine } from './invoiced-lines.ts'

/** States in which nothing is in service, whatever was invoiced. */
const CLOSED: readonly SubscriptionStatus[] = ['ENDED', 'UNPAID', 'INCOMPLETE']

type InService = Segment<InvoicedLine>
type State = Pick<Step, 'state' | 'uninvoiced'>

/**
 * What a subscription counts where the policy counts invoices: the lines in service from when until when. What is told of the
 * subscription itself says whether it runs at all, what is on trial, past due or agreed to come, and what is metered.
 */
export function invoiceSteps(told: readonly Step[], segments: readonly InService[]): Step[] {
  const inOrder = [...segments].sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : 0))
  const bounds = new Set([...told.map(({ effectiveAt }) => effectiveAt), ...segments.flatMap(boundsOf)])
  const steps: Step[] = []
  for (const at of [...bounds].sort()) {
    const contract = told.findLast(({ effectiveAt }) => effectiveAt <= at)
    const active = inOrder.filter(({ from, until }) => from <= at && at < until)
    const moment = { at, told, contract, active, segments: inOrder, isFirst: steps.length === 0 }
    const state = stateAt(moment)
    if (state)
      steps.push({ effectiveAt: at, sourceEvent: causeOf(moment) ?? steps.at(-1)?.sourceEvent ?? '', ...state })
  }
  return steps
}

const boundsOf = ({ from, until }: InService): string[] => (until === FOR_EVER ? [from] : [from, until])

/** Later than any instant. */
export const FOR_EVER = '9999-12-31T00:00:00.000Z'

type Moment = {
  at: string
  told: readonly Step[]
  /** What is told of the subscription as of then; absent before anything was. */
  contract: Step | undefined
  /** The lines in service, by item. */
  active: readonly InService[]
  segments: readonly InService[]
  isFirst: boolean
}

function stateAt(moment: Moment): State | null {
  const { told, contract, active, isFirst } = moment
  const said = contract && asTold(contract, active)
  if (said) return said
  const state = contract?.state ?? told[0]?.state
  if (!state) return null
  if (active.length > 0) return { state: stateInService(moment, state) }
  return isFirst ? null : { state, uninvoiced: true }
}

/** Where what is told decides: it is over, on trial, paused, free, or nothing is in service. */
function asTold({ state }: Step, active: readonly InService[]): State | null {
  if (CLOSED.includes(state.status)) return { state }
  if (state.status === 'TRIAL' && active.every(({ isTrial }) => isTrial)) return { state }
  if (active.length > 0) return null
  return state.status === 'PAUSED' || isFree(state) ? { state } : { state, uninvoiced: true }
}

/** It has no price, or usage alone: no invoice is missing. */
export const isFree = (state: SubscriptionState): boolean =>
  levels({ ...state, status: 'ACTIVE' }, undefined, LIST_PRICES).every((level) => level === 0n)

const LIST_PRICES = { ...NOBISHIRO, discounts: 'NONE' } as const

function stateInService(moment: Moment, told: SubscriptionState): SubscriptionState {
  const { at, contract, active, isFirst } = moment
  const { discounts = [], namedDiscounts: _, ...rest } = told
  // Its usage is told apart: of what is taken off all items, percentages hold for it too.
  const shared = discounts.filter((discount) => 'percentOff' in discount)
  const metered = contract ? told.items.filter(isMetered) : []
  return {
    ...(contract ? rest : { currency: told.currency }),
    status: statusOf(moment),
    items: [
      ...active.map((segment) => itemOf(segment, moment)),
      ...metered.map((item) =>
        shared.length === 0 ? item : { ...item, discounts: [...(item.discounts ?? []), ...shared] },
      ),
    ],
    renewed: !isFirst && active.some(({ from, line }) => from === at && !line.proration),
  }
}

function statusOf({ contract, active }: Moment): SubscriptionStatus {
  if (active.every(({ isTrial }) => isTrial)) return 'TRIAL'
  const isGivenUp = active.every(({ line }) => line.standing === 'UNCOLLECTIBLE')
  return contract?.state.status === 'PAST_DUE' || isGivenUp ? 'PAST_DUE' : 'ACTIVE'
}

function itemOf({ item, line }: InService, { at, told, segments }: Moment): ItemState {
  const full = segments.findLast((each) => each.item === item && !each.line.proration && each.from <= at)?.line
  const held = ({ state }: Step) => state.items.find((each) => each.item === item)
  // One that is paid for beyond the time in which it was held is where it was.
  const last = told.findLast((step) => step.effectiveAt <= at && held(step)) ?? told.find(held)
  return invoicedItem(item, line, { full, region: last && held(last)?.region })
}

/** What brought the state of an instant: a line that begins, else what is told then, else a line that ends. */
function causeOf({ at, contract, active, segments }: Moment): string | undefined {
  const isClosed = contract !== undefined && CLOSED.includes(contract.state.status)
  const begins = isClosed ? undefined : active.find(({ from }) => from === at)
  if (begins) return begins.line.sourceEvent
  return contract?.effectiveAt === at
    ? contract.sourceEvent
    : segments.find(({ until }) => until === at)?.line.sourceEvent
}
