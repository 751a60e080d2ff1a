import {
  type Discount,
  type FoldedEvent,
  type InvoiceEvent,
  type ItemState,
  type NamedDiscount,
  type SubscriptionState,
  statesIn,
} from '../ingest/event.ts'
import {
  type CouponTerm,
  type DiscountTerm,
  lacksTiers,
  type PriceTerm,
  priceTermId,
  type TermName,
} from '../ingest/term.ts'
import type { Price } from './price.ts'
import { isSound } from './unsound.ts'

/** What is known of terms, by `termKey`. */
export type Terms = ReadonlyMap<string, PriceTerm | DiscountTerm | CouponTerm>

export const termKey = (source: string, { kind, id }: TermName): string => `${kind} ${source}:${id}`

export const isUntold = ({ price, untold, pricing }: ItemState): boolean =>
  price !== null && (untold === true || lacksTiers(pricing))

/** What an event names without telling it. */
export const namesIn = (event: FoldedEvent | InvoiceEvent): TermName[] =>
  event.type === 'invoice'
    ? event.lines.flatMap(({ held }) => namesOfItem(held))
    : statesIn(event).flatMap(namesOfState)

const namesOfItem = (item: ItemState): TermName[] => [
  ...(isUntold(item) ? [priceName(item)] : []),
  ...(item.namedDiscounts ?? []).flatMap(namesOfDiscount),
]

function namesOfState({ items, namedDiscounts, scheduled }: SubscriptionState): TermName[] {
  return [
    ...items.flatMap(namesOfItem),
    ...(namedDiscounts ?? []).flatMap(namesOfDiscount),
    ...(scheduled ?? []).flatMap(({ state }) => namesOfState(state)),
  ]
}

export const priceName = ({ price, pricing }: ItemState): TermName => ({
  kind: 'PRICE',
  id: priceTermId(price ?? '', pricing.currency),
})

const namesOfDiscount = ({ id, coupon }: NamedDiscount): TermName[] => [
  { kind: 'DISCOUNT', id },
  ...(coupon === undefined ? [] : [{ kind: 'COUPON' as const, id: coupon }]),
]

/** The event with everything in full that is known. What is not stays as it was named. */
export function withTerms(source: string, event: FoldedEvent, terms: Terms): FoldedEvent {
  const told = (state: SubscriptionState) =>
    soundly(
      state,
      inFull(state, (name) => terms.get(termKey(source, name))),
    )
  const each = ({ effectiveAt, state }: { effectiveAt: string; state: SubscriptionState }) => ({
    effectiveAt,
    state: told(state),
  })
  if (event.type === 'subscription') return { ...event, state: told(event.state) }
  if (event.type === 'subscriptionHistory') return { ...event, states: event.states.map(each) }
  return { ...event, phases: event.phases.map(each) }
}

/** The same of an invoice. */
export function invoiceWithTerms(source: string, event: InvoiceEvent, terms: Terms): InvoiceEvent {
  const find: Find = (name) => terms.get(termKey(source, name))
  const told = (held: ItemState) => {
    const whole = withDiscounts(priced(held, find), find)
    return isSound({ status: 'ACTIVE', currency: held.pricing.currency, items: [whole] }) ? whole : held
  }
  return { ...event, lines: event.lines.map((line) => ({ ...line, held: told(line.held) })) }
}

/** Amounts that the ledger cannot hold are not believed. */
const soundly = (named: SubscriptionState, told: SubscriptionState): SubscriptionState => (isSound(told) ? told : named)

type Find = (name: TermName) => PriceTerm | DiscountTerm | CouponTerm | undefined

function inFull(state: SubscriptionState, find: Find): SubscriptionState {
  if (namesOfState(state).length === 0) return state
  const items = state.items.map((item) => withDiscounts(priced(item, find), find))
  return {
    ...withDiscounts(state, find),
    currency: state.currency || (items[0]?.pricing.currency ?? ''),
    items,
    ...(state.scheduled
      ? { scheduled: state.scheduled.map((next) => ({ ...next, state: inFull(next.state, find) })) }
      : {}),
  }
}

function priced(item: ItemState, find: Find): ItemState {
  const term = isUntold(item) ? (find(priceName(item)) as PriceTerm | undefined) : undefined // of kind PRICE
  if (term === undefined || lacksTiers(term.pricing)) return item
  if (!item.untold) return { ...item, pricing: { ...item.pricing, ...tiersOf(term.pricing) } }
  const { untold: _, ...rest } = item
  return { ...rest, product: term.product, pricing: term.pricing }
}

const tiersOf = ({ tiers }: Price): Pick<Price, 'tiers'> => (tiers === undefined ? {} : { tiers })

type Holder = { discounts?: Discount[]; namedDiscounts?: NamedDiscount[] }

function withDiscounts<H extends Holder>(holder: H, find: Find): H {
  const { namedDiscounts, ...rest } = holder
  if (namedDiscounts === undefined) return holder
  const read = namedDiscounts.map((named) => discountOf(named, find))
  const told = read.filter((discount): discount is Discount => !('named' in discount))
  const still = read.flatMap((discount) => ('named' in discount ? [discount.named] : []))
  const discounts = [...(holder.discounts ?? []), ...told]
  return {
    ...(rest as H), // without what an H may lack
    ...(discounts.length === 0 ? {} : { discounts }),
    ...(still.length === 0 ? {} : { namedDiscounts: still }),
  }
}

/** By its own terms where they are known, else by those of its coupon. */
function discountOf(named: NamedDiscount, find: Find): Discount | { named: NamedDiscount } {
  const own = find({ kind: 'DISCOUNT', id: named.id }) as DiscountTerm | undefined // of that kind
  const coupon = named.coupon ?? own?.coupon
  const ofCoupon = coupon === undefined ? undefined : (find({ kind: 'COUPON', id: coupon }) as CouponTerm | undefined) // of that kind
  const terms = own?.terms ?? ofCoupon?.terms
  const end = named.end ?? own?.end
  const common = { id: named.id, ...(end === undefined ? {} : { end }) }
  if (terms) return { ...common, ...terms }
  return { named: { ...common, ...(coupon === undefined ? {} : { coupon }) } }
}

/** What the ledger would need to know and does not: of each discount the coupon where that is named. */
export function missingIn({ status, items, namedDiscounts = [] }: SubscriptionState): TermName[] {
  if (status === 'ENDED') return []
  const named = [...namedDiscounts, ...items.flatMap((item) => item.namedDiscounts ?? [])]
  return [
    ...items.filter(isUntold).map(priceName),
    ...named.map(
      ({ id, coupon }): TermName => (coupon === undefined ? { kind: 'DISCOUNT', id } : { kind: 'COUPON', id: coupon }),
    ),
  ]
}

type Dated = { effectiveAt: string; state: SubscriptionState }

/** An item whose price is not known stays as it last was known: its level does not move until it is. */
export function withLastKnown<S extends Dated>(steps: readonly S[]): S[] {
  const known: S[] = []
  for (const step of steps) {
    const { currency, items, status } = step.state
    const before = known.at(-1)?.state
    const isStill = status !== 'ENDED' && before?.currency === currency && items.some(isUntold)
    if (!isStill) known.push(step)
    else {
      const stay = (item: ItemState) => before.items.find((was) => was.item === item.item) ?? item
      known.push({
        ...step,
        state: { ...step.state, items: items.map((item) => (isUntold(item) ? stay(item) : item)) },
      })
    }
  }
  return known
}
