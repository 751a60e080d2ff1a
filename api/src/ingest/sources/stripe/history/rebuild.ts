import type {
  DiscountEvent,
  IngestEvent,
  InvoiceEvent,
  SubscriptionEvent,
  SubscriptionHistoryEvent,
  UsageEvent,
} from '../../../event.ts'
import { segmentsOf } from '../../../service-periods/segments.ts'
import { type Cursor, entries, field, instant, reference, text } from '../cursor.ts'
import { toldDiscounts } from '../discounts.ts'
import { readHoldings, readRegion } from '../items.ts'
import { NotCounted } from '../not-counted.ts'
import { readCurrency } from '../price.ts'
import { servicePeriods } from '../service-periods.ts'
import { readSubscription } from '../subscription.ts'
import { type Gap, mergeGaps } from './gap.ts'
import type { InvoiceLine } from './invoice-line.ts'
import { knownDiscounts } from './known-discounts.ts'
import { readInvoice, readPendingItem, readUsage } from './read-invoice.ts'
import { statesOf } from './states.ts'

const DAY = 86_400_000
/** What invoices tell lies under everything else that is said of a subscription. */
const BEFORE_ALL = '1970-01-01T00:00:00.000Z'
const FOR_EVER = '9999-12-31T00:00:00.000Z'

export type SubscriptionPapers = {
  /** The subscription as it is now, with prices and coupons in full. */
  object: Cursor
  invoices: readonly Cursor[]
  /** Prorations that wait for the next invoice. */
  pending: readonly Cursor[]
  /** When the object was read: from then on it counts. */
  asOf: string
  /** The first instant of which anything is said; null from the start. */
  since: string | null
}

export type Rebuilt = {
  account: string
  events: IngestEvent[]
  usage: UsageEvent[]
  invoices: InvoiceEvent[]
  lines: InvoiceLine[]
  gaps: Gap[]
}

/**
 * Two things are said of a subscription: what its invoices tell of the time before, under all webhooks whenever they come, and
 * what it is now, from now on. Webhooks in between know better when something happened, and later ones what it became.
 */
export function rebuildSubscription(papers: SubscriptionPapers): Rebuilt {
  const { object, asOf, since } = papers
  const now = readSubscription({ kind: 'history.subscription', object, at: asOf })
  const snapshot = now.events.find((event): event is SubscriptionEvent => event.type === 'subscription')
  if (!snapshot) throw new NotCounted('The subscription says nothing.')
  const { account, subscription } = snapshot
  const { lines, gaps } = linesOf(papers, subscription)
  const isBegun = snapshot.state.status !== 'INCOMPLETE'
  const told = isBegun ? tell(papers, snapshot, lines) : { states: [], gaps: [] }
  const states = since === null ? told.states : clip(told.states, since)
  const history: SubscriptionHistoryEvent = {
    ...{ type: 'subscriptionHistory', account, subscription, at: BEFORE_ALL, rank: 0, states, hindsight: true },
  }
  const all = [...gaps, ...told.gaps, ...startGaps(papers, subscription, told.states[0]?.effectiveAt)]
  const shown = now.events.filter((event) => event !== snapshot)
  const events = [...shown, ...otherDiscounts(papers, shown), history, snapshot]
  const read = isBegun ? papers.invoices.flatMap((invoice) => readUsage(invoice, account, asOf)) : []
  const usage = read.filter((reading) => reading.subscription === subscription && (reading.at ?? '') >= (since ?? ''))
  const invoiced = papers.invoices
    .flatMap((invoice) => servicePeriods({ object: invoice, at: asOf, account }))
    .filter((invoice) => invoice.subscription === subscription)
  return { account, events, usage, invoices: invoiced, lines, gaps: isBegun ? mergeGaps(all) : [] }
}

/** Discounts that invoices show in full, and the subscription does not: webhooks of their time may name them by id. */
function otherDiscounts({ invoices, asOf: at }: SubscriptionPapers, shown: readonly IngestEvent[]): DiscountEvent[] {
  const known = new Set(shown.flatMap((event) => (event.type === 'discount' ? [event.discount] : [])))
  const holders = invoices.flatMap((invoice) => [invoice, ...entries(field(field(invoice, 'lines'), 'data'))])
  return toldDiscounts(holders).flatMap((told): DiscountEvent[] => {
    if (told.terms === undefined || known.has(told.discount)) return []
    known.add(told.discount)
    return [{ type: 'discount', at, ...told }]
  })
}

function linesOf({ object, invoices, pending, asOf }: SubscriptionPapers, subscription: string) {
  const currency = readCurrency(object)
  const items = entries(field(field(object, 'items'), 'data')).flatMap((item) => text(field(item, 'id')) ?? [])
  const read = [...invoices.map((invoice) => readInvoice(invoice, asOf)), ...pending.map(readPendingItem)]
  const gaps = read.flatMap((one) => one.gaps).filter(({ of }) => of === subscription)
  const lines: InvoiceLine[] = []
  for (const line of read.flatMap((one) => one.lines).filter((each) => each.subscription === subscription)) {
    const about = { of: subscription, from: line.start, until: line.end }
    const item = line.item ?? (items.length <= 1 ? (items[0] ?? line.priced.price) : null)
    if (currency !== undefined && line.priced.pricing.currency !== currency)
      gaps.push({ code: 'OTHER_CURRENCY', ...about, note: line.priced.pricing.currency })
    else if (item === null) gaps.push({ code: 'UNKNOWN_ITEM', ...about })
    else lines.push({ ...line, item })
  }
  return { lines, gaps }
}

type Lines = Map<string, InvoiceLine[]>

function tell(papers: SubscriptionPapers, snapshot: SubscriptionEvent, lines: InvoiceLine[]) {
  const { object, invoices, asOf } = papers
  const invoiced = groupByItem(lines)
  const byItem = groupByItem([...lines, ...runningLines(papers, snapshot, invoiced)])
  const [from, until] = [instant(field(object, 'trial_start')), instant(field(object, 'trial_end'))]
  const regions = new Map(itemsOf(object).map((item) => [text(field(item, 'id')), readRegion(item)]))
  const own = readRegion(object)
  const invoiceLines = invoices.flatMap((invoice) => entries(field(field(invoice, 'lines'), 'data')))
  return statesOf({
    currency: snapshot.state.currency,
    segments: [...byItem].flatMap(([item, ofItem]) => segmentsOf(item, ofItem)),
    lines,
    known: knownDiscounts([object, ...itemsOf(object), ...invoices, ...invoiceLines]),
    regionOf: (item) => regions.get(item) ?? own,
    trial: from !== undefined && until !== undefined ? { from, until } : null,
    ended: snapshot.state.status === 'ENDED' ? snapshot.effectiveAt : null,
    asOf,
  })
}

function groupByItem(lines: readonly InvoiceLine[]): Lines {
  const byItem: Lines = new Map()
  for (const line of lines) {
    const own = byItem.get(line.item ?? '')
    if (own) own.push(line)
    else byItem.set(line.item ?? '', [line])
  }
  return byItem
}

const itemsOf = (object: Cursor): Cursor[] => entries(field(field(object, 'items'), 'data'))

/** What a running subscription holds in the period for which no invoice has come yet. */
function runningLines(papers: SubscriptionPapers, snapshot: SubscriptionEvent, byItem: Lines): InvoiceLine[] {
  const { object, asOf } = papers
  const { subscription, state } = snapshot
  if (!RUNNING.includes(state.status)) return []
  const { items, prices } = readHoldings(object)
  const cursors = itemsOf(object)
  return items.flatMap(({ item, quantity }, index) => {
    const holder = cursors[index] ?? object
    const start = [holder, object].map((each) => instant(field(each, 'current_period_start'))).find(Boolean)
    const priced = prices[index]
    if (start === undefined || !priced || priced.pricing.oneTime) return []
    const isNew = Date.parse(start) - DAY
    if (byItem.get(item)?.some((line) => line.end > asOf || Date.parse(line.start) >= isNew)) return []
    return [
      {
        ...{ line: 'running', invoice: 'running', subscription, item, start, end: FOR_EVER, counts: 'YES' as const },
        ...{ proration: false, amount: state.status === 'TRIAL' ? '0' : '1', quantity, priced, flatFee: false },
        discounts: [object, holder].flatMap((each) => discountIds(each).map((id) => ({ id, amount: '0' }))),
      },
    ]
  })
}

const RUNNING: readonly string[] = ['ACTIVE', 'PAST_DUE', 'TRIAL']

const discountIds = (holder: Cursor): string[] =>
  [field(holder, 'discount'), ...entries(field(holder, 'discounts'))].flatMap((discount) => reference(discount) ?? [])

type States = SubscriptionHistoryEvent['states']

/** Nothing is said of the time before; what was then held is held from the first instant on. */
function clip(states: States, since: string): States {
  const after = states.filter(({ effectiveAt }) => effectiveAt >= since)
  const before = states.filter(({ effectiveAt }) => effectiveAt < since).at(-1)
  const isRunning = before !== undefined && before.state.status !== 'ENDED' && after[0]?.effectiveAt !== since
  return isRunning ? [{ effectiveAt: since, state: before.state }, ...after] : after
}

function startGaps({ object, since, asOf }: SubscriptionPapers, of: string, first = asOf): Gap[] {
  const start = ['start_date', 'start', 'created'].map((name) => instant(field(object, name))).find(Boolean)
  if (start === undefined) return []
  if (since !== null && start < since) return [{ code: 'BEFORE_SINCE', of, from: start, until: since }]
  const ended = instant(field(object, 'ended_at')) ?? first
  const [until = first] = [ended, first].sort()
  return Date.parse(until) - Date.parse(start) > DAY ? [{ code: 'NOT_INVOICED', of, from: start, until }] : []
}
