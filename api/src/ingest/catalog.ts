import type { Tx } from '@nobishiro/prisma'
import { slug } from '../shared/slug.ts'
import { type IngestEvent, type PriceEvent, type ProductEvent, priceOf, statesIn } from './event.ts'
import type { InboxKey } from './inbox.ts'

/**
 * True when anything of the catalogue is new or changed. The latest event of a product or price wins, and of one instant the one
 * that sorts last, so the order of delivery decides nothing; an event that says the same again only moves `seen_at`.
 */
export async function upsertCatalog(tx: Tx, key: InboxKey, events: IngestEvent[]): Promise<boolean> {
  const products = events.filter((event): event is ProductEvent => event.type === 'product')
  const said = events.filter((event): event is PriceEvent => event.type === 'price')
  const prices = latestOfEach([...said, ...impliedPrices(events, new Set(said.map((event) => event.price)))])
  const movedProducts = await upsertProducts(tx, key, products)
  const movedPrices = await upsertPrices(tx, key, prices)
  const confirmed = await confirmPlaces(tx, key, said)
  return confirmed || movedProducts + movedPrices > 0
}

/** An item of a price that nothing introduces introduces it itself; anything that does is later. */
function impliedPrices(events: IngestEvent[], known: ReadonlySet<string>): PriceEvent[] {
  const states = events.flatMap((event) => {
    return event.type === 'subscription' || event.type === 'subscriptionHistory' ? statesIn(event) : []
  })
  const implied = new Map<string, PriceEvent>()
  for (const { product, price, pricing } of states.flatMap(({ items }) => items)) {
    const id = priceOf(product, price)
    if (!known.has(id)) {
      const event: PriceEvent = { type: 'price', price: id, product, at: '1970-01-01T00:00:00Z', pricing }
      implied.set(JSON.stringify([id, product, pricing]), event)
    }
  }
  return [...implied.values()]
}

/** Payloads repeat their prices: of those that say the same, the latest stands for all. */
function latestOfEach(prices: readonly PriceEvent[]): PriceEvent[] {
  const latest = new Map<string, PriceEvent>()
  for (const event of prices) {
    const { at, ...said } = event
    // Instants that are not written alike are entries of their own: the database tells which is later.
    const key = JSON.stringify([at.endsWith('Z') ? at.length : at, said])
    const known = latest.get(key)
    if (!known || known.at < at) latest.set(key, event)
  }
  return [...latest.values()]
}

async function upsertProducts(tx: Tx, key: InboxKey, products: ProductEvent[]): Promise<number> {
  if (products.length === 0) return 0
  const rows = JSON.stringify(products.map(({ product, name, at }) => ({ external: product, name, at })))
  const moved = await tx.$executeRaw`
    INSERT INTO source_product AS known (tenant_id, source, external_id, name, seen_at)
    SELECT DISTINCT ON (external) ${key.tenantId}, ${key.source}, external, name, at
    FROM json_to_recordset(${rows}::json) AS row (external text, name text, at timestamptz)
    ORDER BY external, at DESC, name COLLATE "C" DESC
    ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at
    WHERE known.name <> excluded.name
      AND (known.seen_at, known.name COLLATE "C") < (excluded.seen_at, excluded.name COLLATE "C")`
  await tx.$executeRaw`
    UPDATE source_product known SET seen_at = row.at
    FROM (SELECT external, name, max(at) AS at FROM json_to_recordset(${rows}::json) AS row (external text, name text, at timestamptz)
      GROUP BY external, name) AS row
    WHERE known.tenant_id = ${key.tenantId} AND known.source = ${key.source} AND known.external_id = row.external
      AND known.name = row.name AND known.seen_at < row.at`
  return moved
}

async function upsertPrices(tx: Tx, key: InboxKey, prices: PriceEvent[]): Promise<number> {
  if (prices.length === 0) return 0
  const rows = JSON.stringify(prices.map((event) => priceRow(key, event)))
  const moved = await tx.$executeRaw`
    INSERT INTO source_price AS known (tenant_id, source, external_id, product_external_id, nickname, lookup_key, currency, price,
      seen_at, product_id, plan_id, kind, mapping)
    SELECT DISTINCT ON (external) ${key.tenantId}, ${key.source}, external, product_external, nickname, lookup_key, currency, price, at,
      product, plan, kind, mapping
    FROM json_to_recordset(${rows}::json) AS row (external text, product_external text, nickname text,
      lookup_key text, currency text, price jsonb, at timestamptz, product text, plan text, kind text, mapping text)
    ORDER BY external, at DESC,
      concat_ws(E'\\n', product_external, coalesce(nickname, ''), coalesce(lookup_key, ''), price::text) COLLATE "C" DESC
    ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET product_external_id = excluded.product_external_id,
      nickname = excluded.nickname, lookup_key = excluded.lookup_key, currency = excluded.currency, price = excluded.price,
      seen_at = excluded.seen_at
    WHERE (known.product_external_id, coalesce(known.nickname, ''), coalesce(known.lookup_key, ''), known.price)
        <> (excluded.product_external_id, coalesce(excluded.nickname, ''), coalesce(excluded.lookup_key, ''), excluded.price)
      AND (known.seen_at,
          concat_ws(E'\\n', known.product_external_id, coalesce(known.nickname, ''), coalesce(known.lookup_key, ''), known.price::text)
            COLLATE "C")
        < (excluded.seen_at,
          concat_ws(E'\\n', excluded.product_external_id, coalesce(excluded.nickname, ''), coalesce(excluded.lookup_key, ''), excluded.price::text)
            COLLATE "C")`
  await tx.$executeRaw`
    UPDATE source_price known SET seen_at = row.at
    FROM (SELECT external, product_external, coalesce(nickname, '') AS nickname, coalesce(lookup_key, '') AS lookup_key, price,
        max(at) AS at
      FROM json_to_recordset(${rows}::json) AS row (external text, product_external text, nickname text, lookup_key text, price jsonb,
        at timestamptz)
      GROUP BY 1, 2, 3, 4, 5) AS row
    WHERE known.tenant_id = ${key.tenantId} AND known.source = ${key.source} AND known.external_id = row.external
      AND (known.product_external_id, coalesce(known.nickname, ''), coalesce(known.lookup_key, ''), known.price)
        = (row.product_external, row.nickname, row.lookup_key, row.price)
      AND known.seen_at < row.at`
  return moved
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

/** What a mapping file says of prices counts from now on, and inference keeps it. True when anything was said. */
export async function confirmPlaces(tx: Tx, key: InboxKey, prices: PriceEvent[]): Promise<boolean> {
  const { tenantId, source } = key
  const confirmed = prices.filter(({ mapping }) => mapping !== undefined)
  for (const { price, mapping } of confirmed) {
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
      update: { name: plan.name, rank: plan.rank, productId: plan.productId },
    })
    await tx.sourcePrice.update({
      where: { tenantId_source_externalId: { tenantId, source, externalId: price } },
      data: { productId: product.id, planId: plan.id, kind: mapping.kind, mapping: 'CONFIRMED' },
    })
  }
  return confirmed.length > 0
}
