import type { Database } from '@nobishiro/prisma'
import type {
  AccountEvent,
  IngestEvent,
  ItemState,
  PriceEvent,
  SubscriptionEvent,
  SubscriptionStatus,
} from '../ingest/event.ts'
import type { Received } from '../ingest/received.ts'
import type { Price } from '../ledger/price.ts'

/** Builders for tests: small, readable, nothing that is not said. */

export const aPrice = (unitAmount: string, rest: Partial<Price> = {}): Price => ({
  currency: 'USD',
  scheme: 'PER_UNIT',
  unitAmount,
  interval: 'MONTH',
  intervalCount: 1,
  usage: 'LICENSED',
  ...rest,
})

export const anItem = (
  product: string,
  quantity: number,
  pricing: Price,
  rest: Partial<ItemState> = {},
): ItemState => ({
  item: 'si_1',
  price: `price_${product}_${pricing.unitAmount}`,
  product,
  quantity,
  pricing,
  ...rest,
})

export type SubscriptionChange = {
  account?: string
  subscription?: string
  at: string
  effectiveAt?: string
  rank?: number
  status?: SubscriptionStatus
  items: ItemState[]
  renewed?: boolean
}

/** A subscription event; the currency is that of its first item. */
export const aSubscription = (change: SubscriptionChange): SubscriptionEvent => ({
  type: 'subscription',
  account: change.account ?? 'acme',
  subscription: change.subscription ?? 'sub_1',
  at: change.at,
  rank: change.rank ?? 1,
  effectiveAt: change.effectiveAt ?? change.at,
  state: {
    status: change.status ?? 'ACTIVE',
    currency: change.items[0]?.pricing.currency ?? 'USD',
    items: change.items,
    ...(change.renewed === undefined ? {} : { renewed: change.renewed }),
  },
})

export const anAccount = (account: string, at: string, rest: Partial<AccountEvent> = {}): AccountEvent => ({
  type: 'account',
  account,
  at,
  name: account,
  ...rest,
})

/** What a source would deliver for this event: with the prices of its items, as billing systems embed them. */
export function delivered(externalId: string, ...events: IngestEvent[]): Received {
  const [first] = events
  const account = first && 'account' in first ? first.account : null
  const at = first && 'at' in first ? first.at : '2024-01-01T00:00:00.000Z'
  const prices = events.flatMap((event) =>
    event.type === 'subscription' ? event.state.items.flatMap((item) => pricesOf(item, at)) : [],
  )
  const all = [...events, ...prices]
  return {
    externalId,
    kind: first?.type ?? 'nothing',
    raw: Buffer.from(JSON.stringify(all)),
    eventTime: at,
    account,
    events: all,
  }
}

function pricesOf(item: ItemState, at: string): PriceEvent[] {
  return item.price === null
    ? []
    : [
        {
          type: 'price',
          price: item.price,
          product: item.product,
          at,
          nickname: item.price.split('_')[1] ?? '',
          pricing: item.pricing,
        },
      ]
}

/** An empty tenant with one source, "stripe" unless named. */
export async function aTenant(
  db: Database,
  {
    id = 'acme-saas',
    currency = 'USD',
    timeZone = 'UTC',
    source = 'stripe',
    kind = 'STRIPE',
  }: { id?: string; currency?: string; timeZone?: string; source?: string; kind?: 'STRIPE' | 'CSV' } = {},
): Promise<{ tenantId: string; source: string; clock: () => Date }> {
  await db.withTenant({ tenantId: id, viewer: 'TENANT' }, async (tx) => {
    await tx.tenant.create({ data: { id, name: id, currency, timeZone } })
    await tx.source.create({ data: { tenantId: id, name: source, kind } })
  })
  return { tenantId: id, source, clock: () => new Date('2026-11-22T00:00:00Z') }
}
