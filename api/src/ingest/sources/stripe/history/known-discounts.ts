import type { Discount } from '../../../event.ts'
import { type Cursor, entries, field, isObject, text } from '../cursor.ts'
import { isTold, readDiscount } from '../discounts.ts'
import { isoMinor } from '../minor-units.ts'
import type { Gap } from './gap.ts'
import type { InvoiceLine } from './invoice-line.ts'

/** What a discount is, by its id: one of the subscription, one of a single invoice, or one of the customer as a whole. */
type KnownDiscount = Discount | 'NOTHING' | 'CUSTOMER'

/** Discounts of one subscription as the subscription itself and its invoices show them in full. */
export function knownDiscounts(holders: readonly Cursor[]): Map<string, KnownDiscount> {
  const known = new Map<string, KnownDiscount>()
  for (const holder of holders) {
    for (const discount of [field(holder, 'discount'), ...entries(field(holder, 'discounts'))].filter(isObject)) {
      const id = text(field(discount, 'id'))
      const meaning = meaningOf(discount)
      if (id !== undefined && meaning !== undefined) known.set(id, meaning)
    }
  }
  return known
}

function meaningOf(discount: Cursor): KnownDiscount | undefined {
  const names = (...fields: string[]) => fields.some((name) => text(field(discount, name)) !== undefined)
  const read = readDiscount(discount)
  if (read === undefined) return 'NOTHING'
  if (!isTold(read)) return undefined
  if (names('invoice', 'invoice_item')) return 'NOTHING'
  if (names('customer') && !names('subscription', 'subscription_item')) return 'CUSTOMER'
  return read
}

export type LineDiscounts = {
  discounts: Discount[]
  /** Those of which only the amount taken off this line is known. */
  guessed: Discount[]
  gaps: Gap[]
}

/**
 * The discounts of a line that recur. One whose coupon is gone counts by its amount, on lines of full periods, where it was taken
 * off more than once.
 */
export function discountsOf(
  line: InvoiceLine,
  known: ReadonlyMap<string, KnownDiscount>,
  periods: ReadonlyMap<string, number>,
): LineDiscounts {
  const read: LineDiscounts = { discounts: [], guessed: [], gaps: [] }
  for (const { id, amount } of line.discounts) {
    const meaning = known.get(id)
    const about = (code: Gap['code']): Gap => ({
      ...{ code, of: line.subscription, from: line.start, until: line.end, note: id },
    })
    if (meaning === 'CUSTOMER') read.gaps.push(about('CUSTOMER_DISCOUNT'))
    else if (meaning === undefined) {
      read.gaps.push(about('UNKNOWN_DISCOUNT'))
      const repeats = (periods.get(id) ?? 0) > 1
      if (repeats) read.guessed.push({ id, amountOff: isoMinor(amount, line.priced.pricing.currency) })
    } else if (meaning !== 'NOTHING') {
      if (meaning.once) read.discounts.push({ ...meaning, end: line.end })
      else if (meaning.end === undefined || meaning.end > line.start) read.discounts.push(meaning)
    }
  }
  return read
}

/** In how many periods each discount was taken off a full line. */
export function periodsOf(lines: readonly InvoiceLine[]): Map<string, number> {
  const starts = new Map<string, Set<string>>()
  for (const { proration, start, discounts } of lines) {
    if (proration) continue
    for (const { id } of discounts) starts.set(id, (starts.get(id) ?? new Set()).add(start))
  }
  return new Map([...starts].map(([id, set]) => [id, set.size]))
}
