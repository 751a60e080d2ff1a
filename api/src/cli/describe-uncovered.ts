import { type UncoveredSubscription, whatIsMissing, whatToDo } from '../ledger/invoices/uncovered-store.ts'
import { table } from './print.ts'

/** Subscriptions of which invoices do not tell, and what to do; nothing where all are told. */
export function describeUncovered(uncovered: readonly UncoveredSubscription[]): string[] {
  if (uncovered.length === 0) return []
  const rows = uncovered.map(({ source, subscription, what }) => [source, subscription, whatIsMissing(what)])
  const kinds = new Map(uncovered.map(({ source, kind }) => [source, kind]))
  return [
    'Paid for, and not told by invoices:',
    table(['source', 'subscription', 'what is missing'], rows),
    ...[...kinds].map(([source, kind]) => `${source}: ${whatToDo(kind)}`),
  ]
}
