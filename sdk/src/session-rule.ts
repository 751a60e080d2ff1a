/** Which accounts a session shows: exactly one field, as `saveSegment` takes it. Rules nest at most 5 deep. */
export interface SessionRule {
  /** All of these hold. */
  all?: readonly SessionRule[] | undefined
  /** Any of these holds. */
  any?: readonly SessionRule[] | undefined
  not?: SessionRule | undefined
  /** An attribute has one of these values; null is an account that does not have it. */
  attribute?: { key: string; in: readonly (string | null)[] } | undefined
  accountIds?: readonly string[] | undefined
  /** Holds any of these plans. */
  planId?: readonly string[] | undefined
  /** Holds a plan of any of these products. */
  productId?: readonly string[] | undefined
  /** Holds items of any of these regions. */
  region?: readonly string[] | undefined
  /** MRR from `min` on and below `below`: decimals in major units of the tenant's currency. */
  mrr?: { min?: string | undefined; below?: string | undefined } | undefined
  /** Purchased seats. */
  seats?: { min?: number | undefined; below?: number | undefined } | undefined
  /** First month with revenue, by first days of a month. */
  firstPaid?: { from?: string | undefined; before?: string | undefined } | undefined
}
