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
  /** Does not recur: not MRR. */
  oneTime?: boolean
  /** Switches a feature on, on top of a plan. */
  addOn?: boolean
}
