import { JOIN } from '../../ingest/service-periods/segments.ts'
import type { Step } from '../history.ts'
import { isFree } from './invoice-steps.ts'
import type { Invoiced } from './invoiced-lines.ts'

/** What of a subscription has no service periods though it is paid for. */
export type Uncovered =
  /** Nothing is told of what was invoiced from then on; where `until` is absent, nothing at all. */
  | { from: string; until?: string }
  /** Invoices of which lines are missing. */
  | { short: string[] }

/** What keeps the MRR of a subscription from being read of its invoices; null where nothing does. */
export function uncoveredOf(told: readonly Step[], { lines, short }: Invoiced): Uncovered | null {
  if (short.length > 0) return { short }
  const from = told.find(({ state }) => PAYING.includes(state.status) && !isFree(state))?.effectiveAt
  if (from === undefined) return null
  const until = lines
    .map(({ start }) => start)
    .sort()
    .at(0)
  if (until === undefined) return { from }
  return Date.parse(until) - Date.parse(from) > JOIN ? { from, until } : null
}

const PAYING: readonly string[] = ['ACTIVE', 'PAST_DUE']
