import type { UsageEvent } from '../../../event.ts'
import { amount, type Cursor, entries, field, instant, text, whole } from '../cursor.ts'
import { invoicedUsage } from '../invoice.ts'
import { QUANTITY_LIMIT } from '../items.ts'
import { isProration, itemOf, namedSubscriptionOf, priceIdOf, reductionsOf, subscriptionOf } from '../line-parts.ts'
import { readCurrency } from '../price.ts'
import type { Gap } from './gap.ts'
import type { InvoiceLine, Standing } from './invoice-line.ts'
import { readLinePrice } from './line-price.ts'

const DAY = 86_400_000
/** A draft is sent within an hour, or within three days where an endpoint does not answer. */
const DRAFT_DAYS = 3

export type ReadLines = { lines: InvoiceLine[]; gaps: Gap[] }

/** The subscription lines of one invoice. One-time lines, tax and credits say nothing of what recurs and are left out. */
export function readInvoice(invoice: Cursor, asOf: string): ReadLines {
  const id = text(field(invoice, 'id')) ?? 'invoice'
  const lines = field(invoice, 'lines')
  const read = entries(field(lines, 'data')).map((line) =>
    readLine(line, { invoice, id, counts: standing(invoice, asOf) }),
  )
  const subscription = subscriptionOf(invoice)
  const isShort = field(lines, 'has_more').value === true
  const short: Gap[] = isShort ? [{ code: 'LINES_MISSING', of: subscription ?? id, note: id }] : []
  return { lines: read.flatMap((one) => one.lines), gaps: [...short, ...read.flatMap((one) => one.gaps)] }
}

/** What an invoice bills for metered items, as its webhook would tell it. */
export function readUsage(invoice: Cursor, customer: string, asOf: string): UsageEvent[] {
  if (standing(invoice, asOf) === 'NO') return []
  const metered = entries(field(field(invoice, 'lines'), 'data')).filter((line) => {
    const price = readLinePrice(line, readCurrency(invoice) ?? 'USD', 0)
    return price?.priced.pricing.usage === 'METERED'
  })
  const data = metered.map(({ value }) => value)
  return invoicedUsage({ object: { ...invoice, value: { lines: { data } } }, account: customer })
}

/** A proration that waits for the next invoice. */
export function readPendingItem(object: Cursor): ReadLines {
  return readLine(object, { invoice: object, id: 'pending', counts: 'YES' })
}

function readLine(line: Cursor, at: { invoice: Cursor; id: string; counts: Standing }): ReadLines {
  const subscription = namedSubscriptionOf(line)
  const parent = subscription ?? (text(field(line, 'type')) === 'subscription' ? subscriptionOf(at.invoice) : undefined)
  const currency = readCurrency(line) ?? readCurrency(at.invoice)
  const [start, end] = [instant(field(field(line, 'period'), 'start')), instant(field(field(line, 'period'), 'end'))]
  if (parent === undefined || currency === undefined || start === undefined || end === undefined) return NOTHING
  const of = parent
  const about = (code: Gap['code'], note?: string): Gap => ({
    ...{ code, of, from: start, until: end, count: 1 },
    ...(note === undefined ? {} : { note }),
  })
  const proration = isProration(line)
  const days = proration ? 0 : Math.round((Date.parse(end) - Date.parse(start)) / DAY)
  const price = readLinePrice(line, currency, days)
  if (price === null) return proration || days > 0 ? { lines: [], gaps: pricedGap(line, about) } : NOTHING
  const { priced, guessed } = price
  if (priced.pricing.oneTime) return NOTHING
  if (at.counts === 'NO') return { lines: [], gaps: [about('UNPAID_INVOICES')] }
  const isMetered = priced.pricing.usage === 'METERED'
  const lineAmount = amount(field(line, 'amount')) ?? '0'
  return {
    lines: [
      {
        line: text(field(line, 'id')) ?? at.id,
        invoice: at.id,
        subscription: of,
        item: itemOf(line) ?? null,
        ...{ start, end, counts: at.counts, proration, amount: lineAmount },
        // What was used is told apart; the item as such is held once.
        quantity: isMetered ? 1 : (whole(field(line, 'quantity'), { min: 0, max: QUANTITY_LIMIT }) ?? 1),
        priced,
        flatFee:
          !isMetered && priced.pricing.tiers !== undefined && /flat fee/i.test(text(field(line, 'description')) ?? ''),
        discounts: reductionsOf(line),
      },
    ],
    gaps: [
      ...(guessed ? [about('UNKNOWN_PRICE', priced.price)] : []),
      ...(at.counts === 'UNCOLLECTIBLE' ? [about('UNCOLLECTIBLE')] : []),
    ],
  }
}

const NOTHING: ReadLines = { lines: [], gaps: [] }

/** A line of a subscription without any price is an amount by hand: nothing that recurs. */
function pricedGap(line: Cursor, about: (code: Gap['code'], note?: string) => Gap): Gap[] {
  const price = priceIdOf(line)
  return price === undefined ? [] : [about('UNREADABLE_PRICE', price)]
}

function standing(invoice: Cursor, asOf: string): Standing {
  const status = text(field(invoice, 'status'))
  if (status === 'uncollectible') return 'UNCOLLECTIBLE'
  if (status === 'void') return 'NO'
  const created = instant(field(invoice, 'created')) ?? asOf
  const isOld = Date.parse(asOf) - Date.parse(created) > DRAFT_DAYS * DAY
  return status === 'draft' && isOld ? 'NO' : 'YES'
}
