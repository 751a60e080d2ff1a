import type { IngestEvent } from '../../event.ts'
import { type Cursor, field, text } from './cursor.ts'
import { NotCounted } from './not-counted.ts'
import { catalogEvents, readCurrency, readPrice } from './price.ts'

/** A price.* or plan.* event. */
export function readPriceEvent(input: { object: Cursor; at: string }): { account: null; events: IngestEvent[] } {
  if (text(field(input.object, 'id')) === undefined) throw new NotCounted('The price has no id.')
  const currency = readCurrency(input.object)
  if (currency === undefined) throw new NotCounted('The price names no currency.')
  return { account: null, events: catalogEvents(readPrice(input.object, currency), input.at) }
}

/** A product.* event. */
export function readProductEvent(input: { kind: string; object: Cursor; at: string }): {
  account: null
  events: IngestEvent[]
} {
  const product = text(field(input.object, 'id'))
  if (product === undefined) throw new NotCounted('The product has no id.')
  const name = text(field(input.object, 'name')) ?? product
  const deleted = input.kind === 'product.deleted' ? { deleted: true } : {}
  return { account: null, events: [{ type: 'product', product, at: input.at, name, ...deleted }] }
}
