import type { Tx } from '@nobishiro/prisma'

export type CatalogRow = {
  source: string
  price: string
  nickname: string | null
  product: string
  plan: string
  rank: number
  kind: string
  /** INFERRED or CONFIRMED. */
  mapping: string
}

/** Every price and where it stands, by product and rank. */
export function listCatalog(tx: Tx, tenantId: string): Promise<CatalogRow[]> {
  return tx.$queryRaw<CatalogRow[]>`
    SELECT price.source, price.external_id AS price, price.nickname, product.name AS product, plan.name AS plan, plan.rank, price.kind,
      price.mapping
    FROM source_price price
    JOIN plan ON plan.tenant_id = price.tenant_id AND plan.id = price.plan_id
    JOIN product ON product.tenant_id = plan.tenant_id AND product.id = plan.product_id
    WHERE price.tenant_id = ${tenantId}
    ORDER BY product.name, product.id, plan.rank, plan.id, price.source, price.external_id`
}
