import type { Tx } from '@nobishiro/prisma'
import type { MappedPrice } from '../ingest/people/correction.ts'
import { canonicalJson } from '../shared/canonical.ts'
import type { Place } from './catalog.ts'
import {
  type Catalog,
  type Evidence,
  inferCatalog,
  type SourcePriceRow,
  type SourceProductRow,
} from './infer-catalog.ts'
import type { Price } from './price.ts'

/** Replaces the evidence of these accounts. True when anything moved. */
export async function storeEvidence(tx: Tx, tenantId: string, evidence: Map<string, Evidence[]>): Promise<boolean> {
  const accounts = [...evidence.keys()]
  if (accounts.length === 0) return false
  const stored = await tx.$queryRaw<{ account_id: string; kind: Evidence['kind']; first: string; second: string }[]>`
    SELECT account_id, kind, first, second FROM catalog_evidence WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts})`
  const before = new Map<string, string[]>()
  for (const row of stored)
    before.set(row.account_id, [...(before.get(row.account_id) ?? []), `${row.kind} ${row.first} ${row.second}`])
  const moved = accounts.filter((account) => {
    const now = (evidence.get(account) ?? []).map((row) => `${row.kind} ${row.first} ${row.second}`)
    return now.sort().join('\n') !== (before.get(account) ?? []).sort().join('\n')
  })
  if (moved.length === 0) return false
  const rows = moved.flatMap((account) => (evidence.get(account) ?? []).map((row) => ({ account, ...row })))
  await tx.$executeRaw`DELETE FROM catalog_evidence WHERE tenant_id = ${tenantId} AND account_id = ANY(${moved})`
  await tx.$executeRaw`
    INSERT INTO catalog_evidence (tenant_id, account_id, kind, first, second)
    SELECT ${tenantId}, account, kind, first, second
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS e (account text, kind text, first text, second text)`
  return true
}

/** Adds what later days of these accounts say to what is known of them. True when any of it is new. */
export async function addEvidence(tx: Tx, tenantId: string, evidence: Map<string, Evidence[]>): Promise<boolean> {
  const rows = [...evidence].flatMap(([account, found]) => found.map((row) => ({ account, ...row })))
  if (rows.length === 0) return false
  const added = await tx.$executeRaw`
    INSERT INTO catalog_evidence (tenant_id, account_id, kind, first, second)
    SELECT ${tenantId}, account, kind, first, second
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS e (account text, kind text, first text, second text)
    ON CONFLICT DO NOTHING`
  return added > 0
}

type StoredPrice = {
  source: string
  external_id: string
  product_external_id: string
  nickname: string | null
  lookup_key: string | null
  price: Price
  mapping: string
}

/** Where every price stands now, keyed by "source:price". */
export async function storedPlaces(tx: Tx, tenantId: string): Promise<Map<string, Place>> {
  const rows = await tx.$queryRaw<(Place & { price: string })[]>`
    SELECT source || ':' || external_id AS price, price.product_id AS product, plan.id AS plan, plan.rank, price.kind
    FROM source_price price JOIN plan ON plan.tenant_id = price.tenant_id AND plan.id = price.plan_id
    WHERE price.tenant_id = ${tenantId} AND price.product_id IS NOT NULL`
  return new Map(rows.map(({ price, ...place }) => [price, place]))
}

/** Works out the places of all prices anew, and names the accounts whose lines that changes. */
export async function refreshCatalog(
  tx: Tx,
  tenantId: string,
  before: Map<string, Place>,
  people: ReadonlyMap<string, MappedPrice>,
): Promise<{ places: Map<string, Place>; remapped: string[] }> {
  const stored = await storedPlaces(tx, tenantId)
  const plans = new Map((await tx.plan.findMany({ where: { tenantId } })).map((plan) => [plan.id, plan]))
  const products = new Map((await tx.product.findMany({ where: { tenantId } })).map(({ id, name }) => [id, name]))
  const prices = await tx.$queryRaw<StoredPrice[]>`
    SELECT known.source, known.external_id, product_external_id, nickname, lookup_key, mapping,
      CASE WHEN known.price ? 'tiers' THEN known.price
        ELSE known.price || jsonb_strip_nulls(jsonb_build_object('tiers', term.content -> 'pricing' -> 'tiers')) END AS price
    FROM source_price known LEFT JOIN source_term term
      ON term.tenant_id = known.tenant_id AND term.source = known.source AND term.kind = 'PRICE'
        AND term.external_id = known.external_id || ' ' || known.currency
    WHERE known.tenant_id = ${tenantId}`
  const catalog = inferCatalog(
    await sourceProducts(tx, tenantId),
    prices.map((row) => {
      const mapped = people.get(`${row.source}:${row.external_id}`)
      return { ...sourcePrice(row, stored, plans, products), ...(mapped ? { confirmed: saidByPeople(mapped) } : {}) }
    }),
    await allEvidence(tx, tenantId),
  )
  await writeCatalog(tx, tenantId, catalog, people)
  return { places: catalog.places, remapped: await remappedAccounts(tx, tenantId, before, catalog.places) }
}

/** What a person says of a price wins over inference and over files. */
const saidByPeople = ({ product, plan, itemKind }: MappedPrice): SourcePriceRow['confirmed'] => ({
  product: product.id,
  productName: product.name,
  plan: plan.id,
  planName: plan.name,
  rank: plan.rank,
  kind: itemKind,
})

function sourcePrice(
  row: StoredPrice,
  places: Map<string, Place>,
  plans: Map<string, { name: string }>,
  productNames: Map<string, string>,
): SourcePriceRow {
  const place = row.mapping === 'CONFIRMED' ? places.get(`${row.source}:${row.external_id}`) : undefined
  return {
    source: row.source,
    externalId: row.external_id,
    productExternalId: row.product_external_id,
    nickname: row.nickname,
    lookupKey: row.lookup_key,
    pricing: row.price,
    confirmed: place
      ? {
          ...place,
          productName: productNames.get(place.product) ?? place.product,
          planName: plans.get(place.plan)?.name ?? place.plan,
        }
      : null,
  }
}

async function sourceProducts(tx: Tx, tenantId: string): Promise<SourceProductRow[]> {
  return tx.sourceProduct.findMany({ where: { tenantId }, select: { source: true, externalId: true, name: true } })
}

function allEvidence(tx: Tx, tenantId: string): Promise<Evidence[]> {
  return tx.$queryRaw<Evidence[]>`SELECT kind, first, second FROM catalog_evidence WHERE tenant_id = ${tenantId}`
}

async function writeCatalog(
  tx: Tx,
  tenantId: string,
  catalog: Catalog,
  people: ReadonlyMap<string, MappedPrice>,
): Promise<void> {
  await tx.plan.deleteMany({ where: { tenantId } })
  await tx.product.deleteMany({ where: { tenantId } })
  await tx.product.createMany({ data: catalog.products.map((row) => ({ tenantId, ...row })) })
  await tx.plan.createMany({
    data: catalog.plans.map(({ product, ...row }) => ({ tenantId, productId: product, ...row })),
  })
  const rows = [...catalog.places].map(([price, place]) => ({ price, ...place, decided: people.has(price) }))
  await tx.$executeRaw`
    UPDATE source_price SET product_id = place.product, plan_id = place.plan, kind = place.kind,
      mapping = CASE WHEN place.decided THEN 'CONFIRMED' ELSE mapping END
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS place (price text, product text, plan text, kind text,
      decided boolean)
    WHERE tenant_id = ${tenantId} AND source || ':' || external_id = place.price`
}

/** True when every price that had a place has the same one. */
export function standAsBefore(before: ReadonlyMap<string, Place>, after: ReadonlyMap<string, Place>): boolean {
  return [...before].every(([price, was]) => {
    const is = after.get(price)
    return is && is.product === was.product && is.plan === was.plan && is.rank === was.rank && is.kind === was.kind
  })
}

/** Accounts with lines on a plan that a price left, or whose product, kind or standing among its product's ranks moved. */
async function remappedAccounts(
  tx: Tx,
  tenantId: string,
  before: Map<string, Place>,
  after: Map<string, Place>,
): Promise<string[]> {
  const was = standings(before)
  const is = standings(after)
  const left = [...before].filter(([price, place]) => after.get(price)?.plan !== place.plan).map(([, { plan }]) => plan)
  const plans = [...was]
    .filter(([plan, standing]) => is.get(plan) !== standing || left.includes(plan))
    .map(([plan]) => plan)
  // A price that had no place stood for its own product; its lines carry the fallback plan.
  if (plans.length === 0) return []
  const rows = await tx.$queryRaw<{ account_id: string }[]>`
    SELECT DISTINCT account_id FROM ledger_line WHERE tenant_id = ${tenantId} AND plan_id = ANY(${plans})`
  return rows.map((row) => row.account_id)
}

/** What of a plan's place matters to the ledger: product, kind, and which plans share its rank. */
function standings(places: Map<string, Place>): Map<string, string> {
  const peers = new Map<string, Set<string>>()
  for (const { product, plan, rank } of places.values()) {
    const key = `${product} ${rank}`
    peers.set(key, (peers.get(key) ?? new Set()).add(plan))
  }
  return new Map(
    [...places.values()].map(({ product, plan, rank, kind }) => [
      plan,
      canonicalJson([product, kind, [...(peers.get(`${product} ${rank}`) ?? [])].sort()]),
    ]),
  )
}
