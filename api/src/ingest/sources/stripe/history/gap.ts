/** What of a vendor's history could not be rebuilt, and why. */
export const GAPS = {
  NOT_INVOICED: 'ran without an invoice: what was held is not known',
  UNPAID_INVOICES: 'invoices were void, or stayed drafts: not paying in that time',
  UNCOLLECTIBLE: 'invoices were given up as uncollectible: counted as past due',
  BEFORE_SINCE: 'began before the first day asked for',
  UNKNOWN_PRICE: 'the price no longer exists: amount and interval are taken from the line',
  UNREADABLE_PRICE: 'lines whose price cannot be told',
  OTHER_CURRENCY: 'lines in another currency than the subscription',
  UNKNOWN_ITEM: 'lines that name none of several items',
  UNKNOWN_DISCOUNT: 'the coupon no longer exists: its amount is taken from the lines where it repeats',
  CUSTOMER_DISCOUNT: 'discounts of the customer, which subscriptions do not show, are not counted',
  LINES_MISSING: 'the list of lines is cut short',
  NOT_COUNTED: 'cannot be counted',
  DELETED_CUSTOMER: 'the customer was deleted: its name and country are not known',
} as const

export type GapCode = keyof typeof GAPS

export type Gap = {
  code: GapCode
  /** Id of the subscription or object that it is about. */
  of: string
  /** RFC 3339, where it concerns a time. */
  from?: string
  until?: string
  /** How many lines or invoices. */
  count?: number
  note?: string
}

/** Gaps of one object that say the same are one, over the whole time. */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged = new Map<string, Gap>()
  for (const gap of gaps) {
    const key = [gap.code, gap.of, gap.note].join('\n')
    const known = merged.get(key)
    merged.set(key, known ? joined(known, gap) : { ...gap })
  }
  return [...merged.values()]
}

function joined(a: Gap, b: Gap): Gap {
  const from = [a.from, b.from].filter((time) => time !== undefined).sort()[0]
  const until = [a.until, b.until]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1)
  return {
    ...a,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    count: (a.count ?? 1) + (b.count ?? 1),
  }
}
