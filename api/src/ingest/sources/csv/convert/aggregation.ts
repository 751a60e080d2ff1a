import { AGGREGATIONS, type Aggregation } from '../../../../ledger/price.ts'
import { Unreadable } from './unreadable.ts'

/** Reads how the readings of a month become its quantity, in any case: "sum", "last ever", "last_ever". */
export function readAggregation(text: string): Aggregation {
  const word = text.toUpperCase().replaceAll(/[\s-]+/g, '_')
  const found = AGGREGATIONS.find((aggregation) => aggregation === word)
  if (found === undefined) throw new Unreadable(AGGREGATIONS.join(', ').toLowerCase())
  return found
}
