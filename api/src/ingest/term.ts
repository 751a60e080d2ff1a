import type { Price } from '../ledger/price.ts'
import type { DiscountTerms } from './event.ts'

export const TERM_KINDS = ['PRICE', 'DISCOUNT', 'COUPON'] as const
export type TermKind = (typeof TERM_KINDS)[number]

/** Something that a source names by id, and tells in full elsewhere. */
export type TermName = { kind: TermKind; id: string }

export type PriceTerm = { product: string; pricing: Price }
export type DiscountTerm = { coupon?: string; end?: string; terms?: DiscountTerms }
export type CouponTerm = { terms: DiscountTerms }

/** A price may have amounts in several currencies; where an event names none, in the one that is told. */
export const priceTermId = (price: string, currency: string): string =>
  currency === '' ? price : `${price} ${currency}`

/** A tiered price without its tiers says nothing of what it costs. */
export const lacksTiers = ({ scheme, tiers }: Price): boolean =>
  (scheme === 'GRADUATED' || scheme === 'VOLUME') && tiers === undefined
