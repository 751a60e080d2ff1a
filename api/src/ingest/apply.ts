import type { Tx } from '@nobishiro/prisma'
import { post } from '../ledger/post.ts'
import { slug } from '../shared/slug.ts'
import type { AccountEvent, IngestEvent, PriceEvent, ProductEvent, UsageEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

/** Events with the account of the delivery they came in and its id. */
export type Applied = { externalId: string; account: string | null; events: IngestEvent[] }

/** Makes newly stored deliveries count: entities, catalogue, usage, and the ledger of every account they touch. */
export async function apply(
  tx: Tx,
  key: InboxKey,
  applied: readonly Applied[],
): Promise<{ appended: number; version: bigint }> {
  const [tenant] = await tx.$queryRaw<{ version: bigint; time_zone: string }[]>`
    UPDATE tenant SET version = version + 1 WHERE id = ${key.tenantId} RETURNING version, time_zone`
  if (!tenant) throw new Error(`Tenant ${key.tenantId} does not exist`)
  const all = applied.flatMap(({ events }) => events)
  await upsertAccounts(tx, key, all)
  const catalogMoved = await upsertCatalog(tx, key, all)
  await insertUsage(tx, key, applied)
  const touched = new Set(
    all.flatMap((event) =>
      event.type === 'subscription' || event.type === 'subscriptionHistory' ? `${key.source}:${event.account}` : [],
    ),
  )
  const { appended } = await post(
    tx,
    { tenantId: key.tenantId, timeZone: tenant.time_zone, version: tenant.version },
    [...touched],
    catalogMoved,
  )
  return { appended, version: tenant.version }
}

/** A later account event wins; an account that only subscriptions or usage name exists under its id until it is introduced. */
async function upsertAccounts(tx: Tx, key: InboxKey, events: IngestEvent[]): Promise<void> {
  const named = new Map<string, AccountEvent | null>()
  for (const event of events) {
    if (event.type === 'account') {
      const known = named.get(event.account)
      if (!known || isLater(event, known)) named.set(event.account, event)
    } else if ('account' in event && !named.has(event.account)) named.set(event.account, null)
  }
  const rows = [...named].map(([external, event]) => ({
    id: `${key.source}:${external}`,
    external,
    name: event?.name ?? external,
    parent: event?.parent ? `${key.source}:${event.parent}` : null,
    region: event?.region ?? null,
    attributes: event?.attributes ?? {},
    signed_up_on: event?.signedUpOn ?? null,
    seen_at: event?.at ?? '1970-01-01T00:00:00Z',
    deleted_at: event?.deleted ? event.at : null,
    introduced: event !== null,
  }))
  for (let start = 0; start < rows.length; start += 5_000) {
    await tx.$executeRaw`
      INSERT INTO account (tenant_id, id, source, external_id, name, parent_id, region, attributes, signed_up_on, seen_at, deleted_at)
      SELECT ${key.tenantId}, id, ${key.source}, external, name, parent, region, attributes, signed_up_on, seen_at, deleted_at
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + 5_000))}::json) AS row (id text, external text, name text,
        parent text, region text, attributes jsonb, signed_up_on date, seen_at timestamptz, deleted_at timestamptz)
      ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, parent_id = excluded.parent_id, region = excluded.region,
        attributes = excluded.attributes, signed_up_on = excluded.signed_up_on, seen_at = excluded.seen_at,
        deleted_at = excluded.deleted_at
      WHERE (account.seen_at, account.deleted_at IS NOT NULL, account.name, account.attributes::text)
        < (excluded.seen_at, excluded.deleted_at IS NOT NULL, excluded.name, excluded.attributes::text)`
  }
}

/** One total order, so that the order of delivery does not decide between events of the same instant. */
function isLater(a: AccountEvent, b: AccountEvent): boolean {
  const key = (event: AccountEvent) =>
    [event.at, event.deleted ? '1' : '0', event.name ?? '', JSON.stringify(event.attributes ?? {})].join('\n')
  return key(a) > key(b)
}

/** True when anything of the catalogue is new or changed. */
async function upsertCatalog(tx: Tx, key: InboxKey, events: IngestEvent[]): Promise<boolean> {
  const products = latest(
    events.filter((event): event is ProductEvent => event.type === 'product'),
    (event) => event.product,
  )
  const prices = latest(
    events.filter((event): event is PriceEvent => event.type === 'price'),
    (event) => event.price,
  )
  const productRows = products.map(({ product, name, at }) => ({ external: product, name, at }))
  const movedProducts = await tx.$executeRaw`
    INSERT INTO source_product (tenant_id, source, external_id, name, seen_at)
    SELECT ${key.tenantId}, ${key.source}, external, name, at
    FROM json_to_recordset(${JSON.stringify(productRows)}::json) AS row (external text, name text, at timestamptz)
    ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at
    WHERE source_product.name <> excluded.name AND (source_product.seen_at, source_product.name) < (excluded.seen_at, excluded.name)`
  const priceRows = prices.map((event) => priceRow(key, event))
  const movedPrices = await tx.$executeRaw`
    INSERT INTO source_price (tenant_id, source, external_id, product_external_id, nickname, lookup_key, currency, price, seen_at,
      product_id, plan_id, kind, mapping)
    SELECT ${key.tenantId}, ${key.source}, external, product_external, nickname, lookup_key, currency, price, at, product, plan, kind,
      mapping
    FROM json_to_recordset(${JSON.stringify(priceRows)}::json) AS row (external text, product_external text, nickname text,
      lookup_key text, currency text, price jsonb, at timestamptz, product text, plan text, kind text, mapping text)
    ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET product_external_id = excluded.product_external_id,
      nickname = excluded.nickname, lookup_key = excluded.lookup_key, currency = excluded.currency, price = excluded.price,
      seen_at = excluded.seen_at
    WHERE source_price.seen_at <= excluded.seen_at
      AND (source_price.product_external_id, coalesce(source_price.nickname, ''), coalesce(source_price.lookup_key, ''), source_price.price::text)
        <> (excluded.product_external_id, coalesce(excluded.nickname, ''), coalesce(excluded.lookup_key, ''), excluded.price::text)`
  await confirmPlaces(tx, key, prices)
  return movedProducts + movedPrices > 0
}

function priceRow(key: InboxKey, event: PriceEvent) {
  const { price, product, nickname, lookupKey, pricing, at, mapping } = event
  return {
    external: price,
    product_external: product,
    nickname: nickname ?? null,
    lookup_key: lookupKey ?? null,
    currency: pricing.currency,
    price: pricing,
    at,
    product: mapping ? productId(key, mapping) : null,
    plan: mapping ? planId(key, mapping) : null,
    kind: mapping?.kind ?? 'LICENCE',
    mapping: mapping ? 'CONFIRMED' : 'INFERRED',
  }
}

type Mapping = NonNullable<PriceEvent['mapping']>
const productId = (key: InboxKey, mapping: Mapping): string => `${key.source}:${slug(mapping.product)}`
const planId = (key: InboxKey, mapping: Mapping): string =>
  `${key.source}:${slug(mapping.product)}/${slug(mapping.plan)}`

/** Products and plans that a mapping file names exist from the start, so that inference keeps them. */
async function confirmPlaces(tx: Tx, key: InboxKey, prices: PriceEvent[]): Promise<void> {
  const { tenantId } = key
  for (const { mapping } of prices) {
    if (!mapping) continue
    const product = { tenantId, id: productId(key, mapping), name: mapping.product }
    const plan = { tenantId, id: planId(key, mapping), productId: product.id, name: mapping.plan, rank: mapping.rank }
    await tx.product.upsert({
      where: { tenantId_id: { tenantId, id: product.id } },
      create: product,
      update: { name: product.name },
    })
    await tx.plan.upsert({
      where: { tenantId_id: { tenantId, id: plan.id } },
      create: plan,
      update: { name: plan.name, rank: plan.rank },
    })
  }
}

function latest<T extends { at: string }>(events: T[], id: (event: T) => string): T[] {
  const found = new Map<string, T>()
  for (const event of events) {
    const known = found.get(id(event))
    if (!known || known.at < event.at || (known.at === event.at && JSON.stringify(known) < JSON.stringify(event)))
      found.set(id(event), event)
  }
  return [...found.values()]
}

async function insertUsage(tx: Tx, key: InboxKey, applied: readonly Applied[]): Promise<void> {
  const rows = applied.flatMap(({ externalId, events }) =>
    events
      .filter((event): event is UsageEvent => event.type === 'usage')
      .map((event, index) => ({
        external: index === 0 ? externalId : `${externalId}#${index}`,
        account: `${key.source}:${event.account}`,
        metric: event.metric,
        day: event.day,
        quantity: event.quantity,
      })),
  )
  for (let start = 0; start < rows.length; start += 5_000) {
    await tx.$executeRaw`
      INSERT INTO usage_record (tenant_id, source, external_id, account_id, metric, day, quantity)
      SELECT ${key.tenantId}, ${key.source}, external, account, metric, day, quantity
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + 5_000))}::json) AS row
        (external text, account text, metric text, day date, quantity numeric)
      ON CONFLICT DO NOTHING`
  }
}
