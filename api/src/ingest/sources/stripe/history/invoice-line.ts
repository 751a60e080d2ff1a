import type { ServiceLine } from '../../../service-periods/service-line.ts'
import type { PricedObject } from '../price.ts'

/** NO: void, or a draft that was never sent. */
export type Standing = 'YES' | 'UNCOLLECTIBLE' | 'NO'

/** One subscription line of an invoice, of any API version: what was held, from when until when. */
export type InvoiceLine = ServiceLine & {
  subscription: string
  /** Subscription item; null where an old version does not name it. */
  item: string | null
  counts: Standing
  priced: PricedObject
}
