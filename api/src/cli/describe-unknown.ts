import type { TermKind } from '../ingest/term.ts'
import type { UnknownTerm } from '../ingest/unknown-terms.ts'
import { table } from './print.ts'

const EFFECT: Record<TermKind, string> = {
  PRICE: 'tiers or amount not known: items stay as they last were known, new ones count 0',
  DISCOUNT: 'what it takes off is not known: not subtracted',
  COUPON: 'what it takes off is not known: not subtracted',
}

/** What is named and not told, what follows, and what to do; nothing where all is known. */
export function describeUnknown(unknown: readonly UnknownTerm[]): string[] {
  if (unknown.length === 0) return []
  const rows = unknown.map(({ source, kind, id, accounts, example }) => [
    source,
    `${kind.toLowerCase()} ${id}`,
    accounts,
    example,
    EFFECT[kind],
  ])
  return [
    '',
    'Named by events, and told by nothing:',
    table(['source', 'what', 'accounts', 'such as', 'so'], rows),
    'Read it with: nobishiro connect stripe --key … (prices with their tiers, and coupons). An event of the price, coupon or discount itself does as well; lines are set right when it comes.',
  ]
}
