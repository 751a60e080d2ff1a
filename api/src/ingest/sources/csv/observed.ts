import { minorDigits } from '../../../shared/money.ts'
import type { ObservationEvent } from '../../event.ts'
import * as observed from '../observed.ts'
import { toMinorDecimal } from './convert/minor.ts'
import type { Row } from './fields.ts'
import { identify } from './identity.ts'
import type { Mapping } from './mapping.ts'
import type { ObservedKind } from './observed-fields.ts'
import { latestOf, type Prepared } from './prepare.ts'
import type { CellProblem } from './problem.ts'

type Said = { at: string; attributes: Record<string, string> }
type Whole = { amount: string }

/** A row of each kind in our words; amounts are whole minor units by then. */
const EVENTS: { [K in ObservedKind]: (row: Row<K> & Whole, said: Said) => ObservationEvent } = {
  entitlements: (row, said) => observed.entitlement({ ...row, ...said }),
  features: (row, said) => observed.feature({ ...row, ...said, adopted: row.adopted ?? true }),
  integrations: (row, said) => observed.integration({ ...row, ...said, connected: row.connected ?? true }),
  contacts: (row, said) => observed.contact({ ...row, ...said }),
  satisfaction: (row, said) => observed.satisfaction({ ...row, ...said }),
  tickets: (row, said) => observed.ticket({ ...row, ...said }),
  spend: (row, said) => observed.spend({ ...row, ...said }),
  'invoice-lines': (row, said) => observed.invoiceLine({ ...row, ...said, recurring: row.recurring ?? false }),
}

/** An observation from its row, or what is wrong with its amount. */
export function prepareObserved<K extends ObservedKind>(
  kind: K,
  row: Row<K>,
  context: {
    attributes: Record<string, string>
    mapping: Mapping
    timeZone: string
    columnOf: (field: string) => string
  },
): Prepared | CellProblem {
  const { attributes, mapping, timeZone, columnOf } = context
  const amount = wholeMinor(row, isMinor(mapping, kind))
  if (typeof amount === 'object') return { ...amount, column: columnOf('amount') }
  const toEvent = (at: string) => EVENTS[kind]({ ...row, amount }, { at, attributes })
  const { at: _, ...content } = toEvent('')
  return {
    kind,
    id: content.observation,
    ...identify(kind, content.observation, content),
    account: content.account ?? null,
    happenedAt: latestOf([content.day], timeZone),
    events: (at) => [toEvent(at)],
  }
}

const isMinor = (mapping: Mapping, kind: ObservedKind): boolean => {
  const columns: Record<string, { unit?: string | undefined } | undefined> = mapping[kind]?.columns ?? {}
  return columns['amount']?.unit === 'MINOR'
}

function wholeMinor(
  row: { amount?: unknown; currency?: unknown },
  inMinor: boolean,
): string | Omit<CellProblem, 'column'> {
  const { amount, currency } = row
  if (typeof amount !== 'string' || typeof currency !== 'string') return '0'
  const minor = inMinor ? amount : toMinorDecimal(amount, currency)
  if (/^-?\d{1,18}$/.test(minor)) return minor
  const digits = inMinor ? 0 : minorDigits(currency)
  return { value: amount, expected: `an amount with at most ${digits} decimals and 18 digits, as ${currency} has` }
}
