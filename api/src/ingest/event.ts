import type { Aggregation, Price } from '../ledger/price.ts'
import type { CorrectionEvent } from './people/correction.ts'

/** What a source says, in our words. Pure sources turn a payload into these; the ledger folds them. */
export type IngestEvent =
  | AccountEvent
  | SubscriptionEvent
  | SubscriptionHistoryEvent
  | SubscriptionScheduleEvent
  | InvoiceEvent
  | ProductEvent
  | PriceEvent
  | DiscountEvent
  | CouponEvent
  | UsageEvent
  | ObservationEvent
  | CorrectionEvent
  | RateEvent

/** Who an account is, as of `at`. A later `at` wins. */
export type AccountEvent = {
  type: 'account'
  account: string
  at: string
  name?: string
  region?: string
  parent?: string
  signedUpOn?: string
  attributes?: Record<string, string>
  deleted?: boolean
}

/** State of one subscription from `effectiveAt` on. Events are folded in the order (at, rank, id of the inbox row). */
export type SubscriptionEvent = {
  type: 'subscription'
  account: string
  subscription: string
  /** When the source says it happened: orders events. */
  at: string
  /** Orders events of the same instant: created 0, updated 1, deleted 2. */
  rank: number
  /** From when the state counts. */
  effectiveAt: string
  state: SubscriptionState
}

/** Whole known history of one subscription; replaces whatever the same source said of it with a smaller `at`. */
export type SubscriptionHistoryEvent = {
  type: 'subscriptionHistory'
  account: string
  subscription: string
  at: string
  rank: number
  states: { effectiveAt: string; state: SubscriptionState }[]
  /** Told after the fact: before a state began, nobody had agreed to it. */
  hindsight?: boolean
}

/**
 * What is planned for a subscription: its phases, in order of time. It replaces what the same schedule said before; none are left of one
 * that was released, cancelled or completed. They count when a subscription event says that they began; until then in committed MRR.
 */
export type SubscriptionScheduleEvent = {
  type: 'subscriptionSchedule'
  account: string
  /** The subscription it changes; the schedule's own id while it has not begun. */
  subscription: string
  /** Null: of whatever schedule. */
  schedule: string | null
  at: string
  rank: number
  phases: { effectiveAt: string; state: SubscriptionState }[]
}

/** VOID: taken back, or a draft that was never sent. */
export type InvoiceStanding = 'DRAFT' | 'ISSUED' | 'UNCOLLECTIBLE' | 'VOID'

/**
 * What one invoice bills of one subscription: service periods. It replaces what the same invoice said before. The ledger reads it where the
 * policy counts invoices, and nowhere else.
 */
export type InvoiceEvent = {
  type: 'invoice'
  account: string
  subscription: string
  invoice: string
  at: string
  rank: number
  standing: InvoiceStanding
  lines: ServicePeriod[]
  /** The list of lines is cut short, or some of them cannot be read. */
  isShort?: boolean
}

/** A line of an invoice that recurs: what was held in a time, and what was asked for it. */
export type ServicePeriod = {
  line: string
  start: string
  end: string
  /** A part of a billing period, because something changed within it. */
  proration?: boolean
  /** Minor units for the whole period before discounts, decimal; negative where unused time is taken back. */
  amount: string
  /** Of it, what discounts took off: what was asked for is `amount` less these. */
  reductions?: { discount: string; amount: string }[]
  /** A fee beside the units of a tiered price, of which it is none. */
  flatFee?: boolean
  /** Its `item` is empty where an old line names none. */
  held: ItemState
}

/** What the ledger folds into the history of a subscription. */
export type FoldedEvent = SubscriptionEvent | SubscriptionHistoryEvent | SubscriptionScheduleEvent

export const isFolded = (event: IngestEvent): event is FoldedEvent =>
  event.type === 'subscription' || event.type === 'subscriptionHistory' || event.type === 'subscriptionSchedule'

/** Every state that an event tells. */
export function statesIn(event: FoldedEvent): SubscriptionState[] {
  if (event.type === 'subscription') return [event.state]
  return (event.type === 'subscriptionHistory' ? event.states : event.phases).map(({ state }) => state)
}

export const SUBSCRIPTION_STATUSES = ['ACTIVE', 'TRIAL', 'PAUSED', 'PAST_DUE', 'UNPAID', 'INCOMPLETE', 'ENDED'] as const
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number]

export type SubscriptionState = {
  status: SubscriptionStatus
  /** ISO 4217, upper case; empty in a phase that leaves it to its prices. */
  currency: string
  items: ItemState[]
  /** Taken off all items together. */
  discounts?: Discount[]
  /** Of those, what the source names by id alone: after the others, in order. */
  namedDiscounts?: NamedDiscount[]
  /** The billing period began at `effectiveAt`: a price change here happens at renewal. */
  renewed?: boolean
  /** The running billing period; a renewal follows it. */
  period?: { start: string; end: string }
  trialEnd?: string
  /** When its end was asked for, where that was before it was told, or before it came. */
  endRequestedAt?: string
  /** What is agreed to come, in order of time. It counts when it happens, which an event then says; until then in committed MRR. */
  scheduled?: { effectiveAt: string; state: SubscriptionState }[]
}

export type ItemState = {
  item: string
  /** Price as the source names it; null where the source has none (CSV). */
  price: string | null
  /** Product as the source names it. */
  product: string
  quantity: number
  pricing: Price
  /** The source names the price alone: product and pricing are what it says of it elsewhere. */
  untold?: boolean
  /** Region, site or business unit of the item; absent when the source does not say. */
  region?: string
  /** Taken off this item alone, before those of the subscription. */
  discounts?: Discount[]
  namedDiscounts?: NamedDiscount[]
}

/** A reduction: forever, until it ends, or once. */
export type Discount = {
  id: string
  /** RFC 3339; from then on it no longer counts. */
  end?: string
} & DiscountTerms

export type DiscountTerms = (
  | { percentOff: string }
  | { /** Minor units per billing interval, decimal string. */ amountOff: string }
) & {
  /** Of one billing period: not MRR, unless the policy says so. */
  once?: boolean
}

/** A discount of which a source says no more than its id, or its coupon's. */
export type NamedDiscount = { id: string; coupon?: string; end?: string }

/** The price an item stands on: its own, or one that stands for its product where the source has none. */
export const priceOf = (sourceProduct: string, price: string | null): string => price ?? `(${sourceProduct})`

export type ProductEvent = { type: 'product'; product: string; at: string; name: string; deleted?: boolean }

export type PriceEvent = {
  type: 'price'
  price: string
  product: string
  at: string
  nickname?: string
  lookupKey?: string
  pricing: Price
  /** Explicit mapping where the source knows it (CSV mapping files): counts as CONFIRMED. */
  mapping?: { product: string; plan: string; rank: number; kind: ItemKind }
}

/** A discount as a source shows it in full, or with its coupon's id alone. A later `at` wins, and one with its terms over one without. */
export type DiscountEvent = {
  type: 'discount'
  discount: string
  at: string
  coupon?: string
  end?: string
  terms?: DiscountTerms
}

/** What a coupon takes off. A later `at` wins. */
export type CouponEvent = { type: 'coupon'; coupon: string; at: string; terms: DiscountTerms }

export const ITEM_KINDS = ['LICENCE', 'METERED', 'ADD_ON', 'SERVICE'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** A measured quantity of one account on one day, e.g. metric active_seats. */
export type UsageEvent = {
  type: 'usage'
  account: string
  metric: string
  /** Local day; where `at` is given, the day on which that falls counts. */
  day: string
  quantity: string
  /** RFC 3339, when it was measured. */
  at?: string
  /** Subscription and item that it belongs to, where it is not the account's as a whole. */
  subscription?: string
  item?: string
  /** How the readings of a month become its quantity, where the price does not say. */
  aggregation?: Aggregation
  /** SET replaces what was measured at the same time; ADD, the default, adds to it. */
  mode?: 'ADD' | 'SET'
}

/** Metrics of readings that name their item: reported for it, and billed for it where nothing was reported. */
export const ITEM_USAGE = 'item_usage'
export const INVOICED_USAGE = 'invoiced_usage'
export const OBSERVATION_KINDS = [
  'INVOICE_LINE',
  'SPEND',
  'ENTITLEMENT',
  'FEATURE',
  'INTEGRATION',
  'CONTACT',
  'SATISFACTION',
  'TICKET',
] as const
export type ObservationKind = (typeof OBSERVATION_KINDS)[number]

/** A fact beside revenue. Of one kind and id, the latest `at` wins. */
export type ObservationEvent = {
  type: 'observation'
  kind: ObservationKind
  observation: string
  at: string
  /** Absent for what is of no account, such as spend. */
  account?: string
  day: string
  /** What it is of: a feature, a category, a metric, a person. */
  name: string
  /** Decimal. */
  quantity?: string
  /** Whole minor units. */
  amount?: string
  currency?: string
  attributes?: Record<string, string>
}
/** What a currency was worth on a day: `per` of it are `rate` of the tenant's currency, exact decimals. A later `at` wins. */
export type RateEvent = { type: 'rate'; currency: string; day: string; rate: string; per: string; at: string }
