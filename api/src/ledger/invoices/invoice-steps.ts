import type { SubscriptionState, SubscriptionStatus } from '../../ingest/event.ts'
import type { Segment } from '../../ingest/service-periods/segments.ts'
import type { Step } from '../history.ts'
import { levels } from '../levels.ts'
import { isMetered } from '../measure-usage.ts'
import { invoicedItem } from './invoiced-item.ts'
import type { InvoicedLine } from './invoiced-lines.ts'

/** States in which nothing is in service, whatever was invoiced. */
const CLOSED: readonly SubscriptionStatus[] = ['ENDED', 'UNPAID', 'INCOMPLETE']

type InService = Segment<InvoicedLine>

/**
 * What a subscription counts where the policy counts invoices: the lines in service from when until when. What is told of the
 * subscription itself says whether it runs at all, what is on trial, past due or agreed to come, and what is metered.
 */
export function invoiceSteps(told: readonly Step[], segments: readonly InService[]): Step[] {
  const bounds = new Set([...told.map(({ effectiveAt }) => effectiveAt), ...segments.flatMap(boundsOf)])
  const steps: Step[] = []
  for (const at of [...bounds].sort()) {
    const contract = told.findLast(({ effectiveAt }) => effectiveAt <= at)
    const active = segments.filter(({ from, until }) => from <= at && at < until)
    const state = stateAt(at, { told, contract, active, segments, isFirst: steps.length === 0 })
    if (!state) continue
    const sourceEvent = causeOf(at, { contract, active, segments }) ?? steps.at(-1)?.sourceEvent ?? ''
    steps.push({ effectiveAt: at, sourceEvent, ...state })
  }
  return steps
}

const boundsOf = ({ from, until }: InService): string[] => (until === FOR_EVER ? [from] : [from, until])

/** Later than any instant. */
export const FOR_EVER = '9999-12-31T00:00:00.000Z'

type At = {
  told: readonly Step[]
  contract: Step | undefined
  active: readonly InService[]
  segments: readonly InService[]
  isFirst: boolean
}

function stateAt(
  at: string,
  { told, contract, active, segments, isFirst }: At,
): Pick<Step, 'state' | 'uninvoiced'> | null {
  const paid = active.filter(({ isTrial }) => !isTrial)
  const status = contract?.state.status
  if (contract && status !== undefined) {
    if (CLOSED.includes(status) || (status === 'TRIAL' && paid.length === 0)) return { state: contract.state }
    if (active.length === 0)
      return status === 'PAUSED' || isFree(contract.state) ? { state: contract.state } : uninvoiced(contract)
  }
  const own = contract?.state ?? told[0]?.state
  if (!own || (active.length === 0 && isFirst)) return null
  if (active.length === 0) return uninvoiced({ state: own })
  const { discounts: _, namedDiscounts: __, ...rest } = own
  return {
    state: {
      ...(contract ? rest : { currency: rest.currency }),
      status: statusOf(status, { active, paid }),
      items: itemsOf(at, { active, segments, contract: own, isTold: contract !== undefined }),
      renewed: !isFirst && active.some(({ from, line }) => from === at && !line.proration),
    },
  }
}

const uninvoiced = ({ state }: Pick<Step, 'state'>): Pick<Step, 'state' | 'uninvoiced'> => ({ state, uninvoiced: true })

/** Nothing is asked for it, so no invoice is missing. */
export const isFree = (state: SubscriptionState): boolean =>
  levels({ ...state, status: 'ACTIVE' }).every((level) => level === 0n)

function statusOf(
  told: SubscriptionStatus | undefined,
  { active, paid }: { active: readonly InService[]; paid: readonly InService[] },
): SubscriptionStatus {
  if (paid.length === 0) return 'TRIAL'
  const isGivenUp = active.every(({ line }) => line.standing === 'UNCOLLECTIBLE')
  return told === 'PAST_DUE' || isGivenUp ? 'PAST_DUE' : 'ACTIVE'
}

type Holding = {
  active: readonly InService[]
  segments: readonly InService[]
  contract: SubscriptionState
  isTold: boolean
}

/** Lines in service, and what is metered: its usage is told apart. */
function itemsOf(at: string, { active, segments, contract, isTold }: Holding): SubscriptionState['items'] {
  const regionOf = (id: string) => contract.items.find(({ item }) => item === id)?.region
  const metered = isTold ? contract.items.filter(isMetered) : []
  const inService = [...active].sort((a, b) => (a.item < b.item ? -1 : 1))
  return [
    ...inService.map(({ item, line }) => {
      const full = segments.findLast((each) => each.item === item && !each.line.proration && each.from <= at)?.line
      return invoicedItem(item, line, { full, region: regionOf(item) })
    }),
    ...metered,
  ]
}

/** What brought the state of an instant: a line that begins, else what is told then, else a line that ends. */
function causeOf(
  at: string,
  { contract, active, segments }: Pick<At, 'contract' | 'active' | 'segments'>,
): string | undefined {
  const ofFirst = (list: readonly InService[]) =>
    [...list].sort((a, b) => (a.item < b.item ? -1 : 1))[0]?.line.sourceEvent
  const isClosed = contract !== undefined && CLOSED.includes(contract.state.status)
  const begins = isClosed ? undefined : ofFirst(active.filter(({ from }) => from === at))
  if (begins !== undefined) return begins
  return contract?.effectiveAt === at ? contract.sourceEvent : ofFirst(segments.filter(({ until }) => until === at))
}
