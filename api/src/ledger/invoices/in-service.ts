import type { SubscriptionStatus } from '../../ingest/event.ts'
import { JOIN, type Segment, segmentsOf } from '../../ingest/service-periods/segments.ts'
import type { TermName } from '../../ingest/term.ts'
import type { Step } from '../history.ts'
import { isMetered } from '../measure-usage.ts'
import { isUntold, priceName } from '../terms.ts'
import { FOR_EVER } from './invoice-steps.ts'
import type { InvoicedLine } from './invoiced-lines.ts'

const RUNNING: readonly SubscriptionStatus[] = ['ACTIVE', 'PAST_DUE']

export type InService = {
  segments: Segment<InvoicedLine>[]
  /** Prices without which lines cannot be read. */
  missing: TermName[]
}

/** Which lines are in service when. Of the time before `begin` nothing is said. */
export function inService(told: readonly Step[], lines: readonly InvoicedLine[], begin: string | undefined): InService {
  const recurring = recurringLines(told, lines)
  const byItem = new Map<string, InvoicedLine[]>()
  for (const line of recurring.filter(({ held }) => !isUntold(held))) {
    const item = line.held.item || itemNamed(told, line.held.price)
    byItem.set(item, [...(byItem.get(item) ?? []), line])
  }
  const segments = [...byItem].flatMap(([item, own]) => segmentsInService(item, own, told))
  return {
    segments: begin === undefined ? segments : segments.flatMap((segment) => clipped(segment, begin)),
    missing: recurring.flatMap(({ held }) => (isUntold(held) ? [priceName(held)] : [])),
  }
}

/** Those that are neither usage nor charged once, in the currency of the subscription. */
function recurringLines(told: readonly Step[], lines: readonly InvoicedLine[]): InvoicedLine[] {
  const items = told.flatMap(({ state }) => state.items)
  const metered = new Set(items.filter(isMetered).map(({ item }) => item))
  const currency = items[0]?.pricing.currency
  return lines.filter(
    ({ held }) =>
      !isMetered(held) &&
      !held.pricing.oneTime &&
      !metered.has(held.item) &&
      (currency === undefined || held.pricing.currency === currency),
  )
}

/** Old lines name no item: they are of the only one, or of the one at their price. */
function itemNamed(told: readonly Step[], price: string | null): string {
  const items = told.flatMap(({ state }) => state.items.filter((item) => !isMetered(item)))
  const [first, ...others] = new Set(items.map(({ item }) => item))
  if (first !== undefined && others.length === 0) return first
  return items.find((item) => item.price === price)?.item ?? price ?? ''
}

function segmentsInService(
  item: string,
  lines: readonly InvoicedLine[],
  told: readonly Step[],
): Segment<InvoicedLine>[] {
  const issued = lines.filter(({ standing }) => standing === 'ISSUED' || standing === 'UNCOLLECTIBLE')
  const segments = segmentsOf(item, issued)
  const last = segments.at(-1)
  if (!last) return []
  const voided = lines.filter(({ standing }) => standing === 'VOID')
  return [...segments.slice(0, -1), { ...last, until: runsUntil(last, told, voided) }]
}

/**
 * How far the last line of an item counts: past its end while the subscription runs and holds the item, since the next invoice takes
 * its time; not where it was credited or the next invoice was made void, nor once the subscription tells of a period after one that nobody invoiced.
 */
function runsUntil(
  { item, until, isTrial, line }: Segment,
  told: readonly Step[],
  voided: readonly InvoicedLine[],
): string {
  const after = (ms: number) => new Date(Date.parse(until) + ms).toISOString()
  const isSkipped = told.some(
    ({ state: { period, status } }) => RUNNING.includes(status) && period !== undefined && period.start > after(JOIN),
  )
  const isTakenBack = until !== line.end
  if (isTrial || isTakenBack || isSkipped || voided.some(({ start }) => start >= after(-JOIN))) return until
  const holds = ({ state: { status, items } }: Step) =>
    RUNNING.includes(status) && items.some((held) => held.item === item)
  const inForce = told.findLast(({ effectiveAt }) => effectiveAt <= until)
  if (!inForce || !holds(inForce)) return until
  return told.find((step) => step.effectiveAt > until && !holds(step))?.effectiveAt ?? FOR_EVER
}

function clipped(segment: Segment<InvoicedLine>, begin: string): Segment<InvoicedLine>[] {
  if (segment.until <= begin) return []
  return [segment.from < begin ? { ...segment, from: begin } : segment]
}
