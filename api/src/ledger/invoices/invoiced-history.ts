import type { TermName } from '../../ingest/term.ts'
import type { Step } from '../history.ts'
import type { Prospect } from '../prospect.ts'
import { inService } from './in-service.ts'
import { invoiceSteps } from './invoice-steps.ts'
import { invoicedLines, type SourcedInvoice } from './invoiced-lines.ts'
import { type Uncovered, uncoveredOf } from './uncovered.ts'

/** What is read where the policy counts invoices. */
export type Invoices = {
  /** Subscription → its invoices; ids carry their source. */
  bySubscription: ReadonlyMap<string, readonly SourcedInvoice[]>
  /** Sources whose histories are service periods already. */
  periodic: ReadonlySet<string>
}

/** The history of a subscription by its invoices, and what keeps it from being whole. */
export type InvoicedHistory = { steps: Step[]; missing: TermName[]; names: TermName[]; uncovered: Uncovered | null }

/** `begin` is the first instant of which anything was to be told; undefined where nothing bounds it. */
export function invoicedHistory(
  told: readonly Step[],
  invoices: readonly SourcedInvoice[],
  begin: string | undefined,
): InvoicedHistory {
  const invoiced = invoicedLines(invoices)
  const { segments, missing } = inService(told, invoiced.lines, begin)
  return {
    steps: invoiceSteps(told, segments),
    missing,
    names: invoices.flatMap(({ names = [] }) => names),
    uncovered: uncoveredOf(told, invoiced),
  }
}

/** What was agreed to come, beside what was invoiced at each time: a step of what is in force is a bound of its own. */
export function besideInvoices(prospects: readonly Prospect[], steps: readonly Step[]): Prospect[] {
  return prospects.flatMap((prospect) => {
    const { from, until, ahead } = prospect
    const last = ahead.at(-1)?.effectiveAt ?? from
    const end = until !== undefined && until < last ? until : last
    const bounds = [from, ...steps.map(({ effectiveAt }) => effectiveAt).filter((at) => at > from && at < end)]
    return bounds.map((at, index): Prospect => {
      const inForce = steps.findLast(({ effectiveAt }) => effectiveAt <= at)
      const next = bounds[index + 1] ?? until
      return {
        from: at,
        ...(next === undefined ? {} : { until: next }),
        now: inForce === undefined || inForce.uninvoiced ? null : inForce.state,
        ahead: ahead.filter(({ effectiveAt }) => effectiveAt > at),
      }
    })
  })
}
