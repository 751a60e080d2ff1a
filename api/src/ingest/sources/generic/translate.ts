import { NO_CURRENCY } from '../../../shared/money.ts'
import type { IngestEvent } from '../../event.ts'
import { PayloadError } from '../../payload/payload-error.ts'
import * as observed from '../observed.ts'
import type { Amount } from './fields.ts'
import type { Generic, GenericEvent } from './kinds.ts'
import { decimalsOf, toMinorUnits, toWholeMinor } from './money.ts'
import { toPricing } from './pricing.ts'

/** When a fact of a day counts as said, unless it says so itself. */
export const atOf = (event: GenericEvent): string => {
  if (event.at !== undefined) return event.at
  return `${event.kind === 'spend' ? `${event.month}-01` : 'day' in event ? event.day : '1970-01-01'}T00:00:00.000Z`
}

/** A generic event in our words. Pure. */
export function translate(event: GenericEvent, source: string): IngestEvent[] {
  const at = atOf(event)
  switch (event.kind) {
    case 'account': {
      const { kind: _, id: __, partner, attributes, ...said } = event
      const described = partner === undefined ? attributes : { ...attributes, partner }
      return [{ type: 'account', ...defined({ ...said, attributes: described }), account: event.account, at }]
    }
    case 'product':
      return [{ type: 'product', product: event.product, name: event.name, at }]
    case 'price':
      return [price(event, at)]
    case 'subscription':
      return [subscription(event, at)]
    case 'subscriptionEnded': {
      const { account, subscription: id, effectiveAt = at } = event
      // Nothing is held any more, so no currency is said.
      const state = { status: 'ENDED', currency: NO_CURRENCY, items: [] } as const
      return [
        { type: 'subscription', account, subscription: id, at, rank: 2, effectiveAt, state: { ...state, items: [] } },
      ]
    }
    case 'usage': {
      const { account, metric, day, quantity, limit } = event
      const used: IngestEvent = { type: 'usage', account, metric, day, quantity }
      return limit === undefined ? [used] : [used, observed.entitlement({ account, at, day, metric, limit })]
    }
    case 'seats': {
      const { account, day, assigned, active } = event
      const seats = (metric: string, quantity: number | undefined): IngestEvent[] =>
        quantity === undefined ? [] : [{ type: 'usage', account, metric, day, quantity: String(quantity) }]
      return [...seats('assigned_seats', assigned), ...seats('active_seats', active)]
    }
    case 'entitlement':
      return [observed.entitlement({ ...event, at })]
    case 'invoiceLine': {
      const { recurring = false } = event
      return [observed.invoiceLine({ ...event, at, recurring, amount: whole(event, source) })]
    }
    case 'spend':
      return [observed.spend({ ...event, at, amount: whole(event, source) })]
    case 'feature':
      return [observed.feature({ ...event, at, adopted: event.adopted ?? true })]
    case 'integration':
      return [observed.integration({ ...event, at, connected: event.connected ?? true })]
    case 'contact':
      return [observed.contact({ ...event, at })]
    case 'satisfaction':
      return [observed.satisfaction({ ...event, at, response: event.id })]
    case 'ticket':
      return [observed.ticket({ ...event, at })]
  }
}

function price(event: Generic<'price'>, at: string): IngestEvent {
  const { price: id, product, name, plan, currency } = event
  return {
    type: 'price',
    price: id,
    product,
    at,
    ...(name === undefined ? {} : { nickname: name }),
    pricing: toPricing(event, currency),
    ...(plan && {
      mapping: {
        product: plan.product ?? product,
        plan: plan.name,
        rank: plan.rank,
        kind: plan.kind === undefined ? 'LICENCE' : KINDS_OF_ITEM[plan.kind],
      },
    }),
  }
}

const KINDS_OF_ITEM = { licence: 'LICENCE', metered: 'METERED', add_on: 'ADD_ON', service: 'SERVICE' } as const

function subscription(event: Generic<'subscription'>, at: string): IngestEvent {
  const { account, subscription: id, effectiveAt = at, status, currency, items, discounts = [], renewed } = event
  return {
    type: 'subscription',
    account,
    subscription: id,
    at,
    rank: 1,
    effectiveAt,
    state: {
      status: STATUSES[status],
      currency,
      items: items.map(({ item, price: priceId, product, quantity = 1, region, ...pricing }) => ({
        item,
        price: priceId ?? null,
        product,
        quantity,
        pricing: toPricing(pricing, currency),
        ...(region === undefined ? {} : { region }),
      })),
      ...(discounts.length === 0
        ? {}
        : {
            discounts: discounts.map(({ id: discount, percentOff, amountOff = 0, end }) => ({
              id: discount,
              ...(end === undefined ? {} : { end }),
              ...(percentOff === undefined ? { amountOff: toMinorUnits(amountOff, currency) } : { percentOff }),
            })),
          }),
      ...(renewed ? { renewed } : {}),
    },
  }
}

const STATUSES = {
  active: 'ACTIVE',
  trial: 'TRIAL',
  paused: 'PAUSED',
  past_due: 'PAST_DUE',
  unpaid: 'UNPAID',
  incomplete: 'INCOMPLETE',
} as const

function whole({ amount, currency }: { amount: Amount; currency: string }, source: string): string {
  const minor = toWholeMinor(amount, currency)
  if (minor === undefined)
    throw new PayloadError({ source, path: 'amount', value: amount, accepted: decimalsOf(currency) })
  return minor
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only what is not undefined is left.
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never
}
