import type { IngestEvent } from '../../event.ts'
import { type Account, accountEvents } from './account.ts'
import { catalogueOf, priceEvents, productEvents } from './catalogue.ts'
import { fromCanonical } from './convert/instant.ts'
import type { Row } from './fields.ts'
import { type Identity, identify } from './identity.ts'
import type { Mapping } from './mapping.ts'
import { type Subscription, subscriptionEvents } from './subscription.ts'
import { type Usage, usageEvents, usageId } from './usage.ts'

/** One thing to tell the inbox. `at` is the time of the import: what a later import says counts. */
export type Prepared = Identity & {
  kind: string
  id: string
  account: string | null
  /** When it happened, as far as the row says and not after `at`; null when it does not say. */
  happenedAt: (at: string) => string | null
  events: (at: string) => IngestEvent[]
}

export function prepareAccount(account: Account, timeZone: string): Prepared {
  return {
    ...known('accounts', account.account, account),
    account: account.account,
    happenedAt: latestOf([account.signedUpOn], timeZone),
    events: (at) => accountEvents(account, at),
  }
}

/** The subscription, and the product and price that it names. */
export function prepareSubscription(subscription: Subscription, mapping: Mapping, timeZone: string): Prepared[] {
  const { product, price } = catalogueOf(subscription, mapping)
  const happenedAt = latestOf([subscription.start, subscription.end], timeZone)
  const catalogue = { account: null, happenedAt }
  return [
    { ...known('products', product.product, product), ...catalogue, events: (at) => productEvents(product, at) },
    ...(price
      ? [{ ...known('prices', price.price, price), ...catalogue, events: (at: string) => priceEvents(price, at) }]
      : []),
    {
      ...known('subscriptions', subscription.subscription, subscription),
      account: subscription.account,
      happenedAt,
      events: (at) => subscriptionEvents(subscription, at, timeZone),
    },
  ]
}

/** A subscription that now belongs to another account was, as far as the source knows, never at the one it left. */
export function prepareMove({ id, account, hash }: Prepared, from: string): Prepared {
  return {
    ...known('moves', id, { subscription: id, from, to: account ?? '', hash }),
    account: from,
    happenedAt: () => null,
    events: (at) => [{ type: 'subscriptionHistory', account: from, subscription: id, at, rank: 0, states: [] }],
  }
}

export function prepareUsage(usage: Usage, timeZone: string): Prepared {
  return {
    ...known('usage', usageId(usage.row), usage.row satisfies Row<'usage'>),
    account: usage.account,
    happenedAt: latestOf([usage.row.day], timeZone),
    events: () => usageEvents(usage),
  }
}

/** Seats in use are usage: measured, and only ever added. */
export function prepareSeats(row: Row<'seats'>, timeZone: string): Prepared {
  const { account, day, assigned, active } = row
  const seats = (metric: string, quantity: number | undefined): IngestEvent[] =>
    quantity === undefined ? [] : [{ type: 'usage', account, metric, day, quantity: String(quantity) }]
  return {
    ...known('usage', `seats/${account}`, row),
    account,
    happenedAt: latestOf([day], timeZone),
    events: () => [...seats('assigned_seats', assigned), ...seats('active_seats', active)],
  }
}

const known = (kind: string, id: string, content: Parameters<typeof identify>[2]) => ({
  kind,
  id,
  ...identify(kind, id, content),
})

/** The last of the moments that a row names, if it is not ahead. */
export function latestOf(moments: readonly (string | undefined)[], timeZone: string): Prepared['happenedAt'] {
  return (at) => {
    const instants = moments.flatMap((moment) =>
      moment === undefined ? [] : fromCanonical(moment, timeZone).toISOString(),
    )
    return (
      instants
        .filter((instant) => instant <= at)
        .sort()
        .at(-1) ?? null
    )
  }
}
