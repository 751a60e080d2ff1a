import { type ItemKind, priceOf } from '../ingest/event.ts'

/** Where a price of a billing system stands in the tenant's catalogue. */
export type Place = { product: string; plan: string; rank: number; kind: ItemKind }

export type CatalogMapping = {
  /** Never fails: a product without any known price is its own product with one plan. */
  resolve(source: string, sourceProduct: string, price: string | null): Place
}

/** Mapping from inferred and confirmed places, keyed by "source:price". */
export function catalogMapping(places: ReadonlyMap<string, Place>): CatalogMapping {
  return {
    resolve: (source, sourceProduct, price) =>
      places.get(`${source}:${priceOf(sourceProduct, price)}`) ?? {
        product: `${source}:${sourceProduct}`,
        plan: planId(source, sourceProduct, ''),
        rank: 1,
        kind: 'LICENCE',
      },
  }
}

/** Plans keep their id when products turn out to be plans of one product. */
export const planId = (source: string, sourceProduct: string, planKey: string): string =>
  `${source}:${sourceProduct}${planKey ? `/${planKey}` : ''}`
