import type { Aggregation, Price } from '../../../ledger/price.ts'
import { toMinorDecimal } from './convert/minor.ts'
import type { Row } from './fields.ts'
import type { CellProblem } from './problem.ts'
import type { SubscriptionContext } from './subscription.ts'

/** How a row's usage is priced: per unit beyond those included, of at least a minimum. Minor units, decimals. */
export type Metered = {
  meter: string
  unitPrice: string
  included?: number
  minimum?: string
  aggregation?: Aggregation
}

/** What a row says of usage; nothing where it names no metric; or what is wrong with it. */
export function toMetered(
  row: Row<'subscriptions'>,
  { mapping, columnOf }: SubscriptionContext,
): { metered?: Metered } | CellProblem {
  const { meter, unitPrice, included, minimum, aggregation, currency } = row
  if (meter === undefined) {
    const other = (['unitPrice', 'included', 'minimum', 'aggregation'] as const).find(
      (field) => row[field] !== undefined,
    )
    if (other === undefined) return {}
    return { column: columnOf('meter'), value: '', expected: `a metric, since the row has ${columnOf(other)}` }
  }
  if (unitPrice === undefined)
    return {
      column: columnOf('unitPrice'),
      value: '',
      expected: `a price per unit, since the row has ${columnOf('meter')}`,
    }
  if (mapping.subscriptions?.columns['amount']?.per === 'SEAT')
    return { column: columnOf('meter'), value: meter, expected: 'no metric: the amount is for one seat' }
  const inMinor = (field: 'unitPrice' | 'minimum', amount: string) =>
    mapping.subscriptions?.columns[field]?.unit === 'MINOR' ? amount : toMinorDecimal(amount, currency)
  return {
    metered: {
      meter,
      unitPrice: inMinor('unitPrice', unitPrice),
      ...(included === undefined ? {} : { included }),
      ...(minimum === undefined ? {} : { minimum: inMinor('minimum', minimum) }),
      ...(aggregation === undefined ? {} : { aggregation: aggregation as Aggregation }), // read as one
    },
  }
}

/** The amount of the row is charged in any case, with the units it includes. */
export function meteredPricing(base: Price, { meter, unitPrice, included = 0, minimum, aggregation }: Metered): Price {
  const fee = base.unitAmount ?? '0'
  const beyond = { upTo: null, unitAmount: unitPrice, flatAmount: included === 0 ? fee : '0' }
  return {
    ...base,
    ...{ scheme: 'GRADUATED', unitAmount: null, usage: 'METERED', meter },
    tiers: included === 0 ? [beyond] : [{ upTo: included, unitAmount: '0', flatAmount: fee }, beyond],
    ...(minimum === undefined ? {} : { minimumAmount: minimum }),
    ...(aggregation === undefined ? {} : { aggregation }),
  }
}
