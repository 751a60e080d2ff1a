import type { InvoiceEvent, InvoiceStanding, ItemState, ServicePeriod } from '../../ingest/event.ts'
import type { ServiceLine } from '../../ingest/service-periods/service-line.ts'
import type { TermName } from '../../ingest/term.ts'
import { inOrder } from '../position.ts'

/** An invoice with where it came from. */
export type SourcedInvoice = {
  source: string
  sourceEvent: string
  event: InvoiceEvent
  /** What it names by id, found elsewhere or not. */
  names?: readonly TermName[]
}

/** A line of an invoice as it last was told, and the delivery that told it first. */
export type InvoicedLine = ServiceLine & { held: ItemState; standing: InvoiceStanding; sourceEvent: string }

/** What the invoices of a subscription say now, and those of which lines are missing. */
export type Invoiced = { lines: InvoicedLine[]; short: string[] }

/**
 * Of each invoice the latest word counts, whatever the order of delivery. One whose list of lines is cut short takes nothing back of
 * what another told in full.
 */
export function invoicedLines(invoices: readonly SourcedInvoice[]): Invoiced {
  const versions = new Map<string, SourcedInvoice[]>()
  for (const sourced of invoices) {
    const known = versions.get(sourced.event.invoice)
    if (known) known.push(sourced)
    else versions.set(sourced.event.invoice, [sourced])
  }
  const lines: InvoicedLine[] = []
  const short: string[] = []
  for (const invoice of [...versions.keys()].sort()) {
    const told = (versions.get(invoice) ?? []).sort((a, b) => inOrder(positionOf(a), positionOf(b)))
    lines.push(...linesNow(told))
    if (told.every(({ event }) => event.isShort)) short.push(invoice)
  }
  return { lines, short }
}

const positionOf = ({ sourceEvent, event: { at, rank } }: SourcedInvoice) => ({ at, rank, sourceEvent })

function linesNow(versions: readonly SourcedInvoice[]): InvoicedLine[] {
  const last = versions.at(-1)
  if (!last) return []
  const { invoice, standing } = last.event
  const lines = new Map<string, ServicePeriod>()
  for (const { event } of versions) {
    if (!event.isShort) lines.clear()
    for (const period of event.lines) lines.set(period.line, period)
  }
  return [...lines.values()].map((period) => ({
    ...{ line: period.line, invoice, start: period.start, end: period.end },
    ...{ proration: period.proration ?? false, flatFee: period.flatFee ?? false, amount: period.amount },
    quantity: period.held.quantity,
    priced: { price: period.held.price ?? '', product: period.held.product, pricing: period.held.pricing },
    discounts: (period.reductions ?? []).map(({ discount, amount }) => ({ id: discount, amount })),
    ...{ held: period.held, standing, sourceEvent: firstToTell(versions, period) ?? last.sourceEvent },
  }))
}

/** The first delivery that told the line as it is: an invoice that is paid says again what it said when it was sent. */
function firstToTell(versions: readonly SourcedInvoice[], period: ServicePeriod): string | undefined {
  const said = contentOf(period)
  return versions.find(
    ({ event }) =>
      event.standing !== 'DRAFT' && event.lines.some((line) => line.line === period.line && contentOf(line) === said),
  )?.sourceEvent
}

const contentOf = ({ start, end, amount, proration = false, held: { price, quantity } }: ServicePeriod): string =>
  JSON.stringify([start, end, amount, proration, price, quantity])
