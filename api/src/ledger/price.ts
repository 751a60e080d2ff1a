/** COUNTER: readings of a counter that only grows; one that falls has started anew. LAST_EVER holds on until the next reading. */
export const AGGREGATIONS = ['SUM', 'COUNT', 'LAST', 'LAST_EVER', 'MAX', 'COUNTER'] as const
export type Aggregation = (typeof AGGREGATIONS)[number]

/** A normalised price. Amounts are decimal strings of minor units ("1999", "0.5"), exact. */
export type Price = {
  /** ISO 4217, upper case. */
  currency: string
  /** FLAT: the amount is for the whole item whatever its quantity (CSV rows that carry an MRR). */
  scheme: 'PER_UNIT' | 'FLAT' | 'GRADUATED' | 'VOLUME'
  /** PER_UNIT: minor units per unit (after transformQuantity); FLAT: for the item; null when the source gives no amount. */
  unitAmount: string | null
  /** GRADUATED and VOLUME: ascending, the last with upTo null. */
  tiers?: { upTo: number | null; unitAmount: string; flatAmount: string }[]
  transformQuantity?: { divideBy: number; round: 'UP' | 'DOWN' }
  interval: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'
  intervalCount: number
  usage: 'LICENSED' | 'METERED'
  /** METERED: the metric whose usage it prices; absent where usage names the item itself. */
  meter?: string
  /** METERED: how a month's readings become its quantity; what the readings say, else SUM, where absent. */
  aggregation?: Aggregation
  /** METERED: charged per interval whatever is used; usage counts beyond it. */
  minimumAmount?: string
  /** Does not recur: not MRR. */
  oneTime?: boolean
  /** Switches a feature on, on top of a plan. */
  addOn?: boolean
}
