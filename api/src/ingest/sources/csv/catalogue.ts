import type { PriceEvent, ProductEvent } from '../../event.ts'
import type { Mapping } from './mapping.ts'
import { priceOf, pricingOf, type Subscription } from './subscription.ts'

export type Product = { product: string }
export type CataloguePrice = { price: string; plan: string; product: string } & Pick<PriceEvent, 'pricing' | 'mapping'>

/** The product of a subscription, and its price where it names a plan. A plan that the mapping ranks is confirmed by that. */
export function catalogueOf(
  subscription: Subscription,
  mapping: Mapping,
): { product: Product; price: CataloguePrice | null } {
  const { product, plan } = subscription
  const price = priceOf(subscription)
  if (price === null || plan === undefined) return { product: { product }, price: null }
  const plans = mapping.subscriptions?.plans
  const mapped = plans && Object.hasOwn(plans, plan) ? plans[plan] : undefined
  return {
    product: { product },
    price: {
      price,
      plan,
      product,
      pricing: pricingOf(subscription, null),
      ...(mapped && {
        mapping: {
          product: mapped.product ?? product,
          plan: mapped.plan ?? plan,
          rank: mapped.rank,
          kind: mapped.kind ?? 'LICENCE',
        },
      }),
    },
  }
}

export function productEvents({ product }: Product, at: string): ProductEvent[] {
  return [{ type: 'product', product, at, name: product }]
}

export function priceEvents({ plan, ...price }: CataloguePrice, at: string): PriceEvent[] {
  return [{ type: 'price', at, nickname: plan, ...price }]
}
