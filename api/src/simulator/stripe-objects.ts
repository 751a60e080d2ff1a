import { periodAt } from './calendar.ts'
import type { Contract, Holding } from './contract.ts'
import { coreOf } from './contract.ts'
import type { Company } from './names.ts'
import { stripeId } from './random.ts'
import { amountIn, type Currency, type ListPrice, type ProductOffer, priceOf } from './vendor.ts'

/** Stripe objects as its API gives them. */
export type StripeObject = Record<string, unknown>

export const API_VERSION = '2025-10-29.clover'

export const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000)

/** Makes the objects of one vendor; ids depend on the seed and on what they stand for. */
export function stripeObjects(seed: string) {
  const productId = (product: ProductOffer) => stripeId('prod', 14, seed, product.key)
  const priceId = ({ key }: ListPrice, currency: Currency) =>
    stripeId('price_1', 23, seed, currency === 'jpy' ? key : `${key}/${currency}`).replace('price_1_', 'price_1')
  const meterId = (product: ProductOffer) => stripeId('mtr', 14, seed, product.key)
  const customerId = (customer: string) => stripeId('cus', 14, seed, customer)

  function product(offer: ProductOffer, created: Date): StripeObject {
    return {
      id: productId(offer),
      object: 'product',
      active: true,
      attributes: [],
      created: seconds(created),
      default_price: null,
      description: offer.description,
      images: [],
      livemode: true,
      marketing_features: [],
      metadata: {},
      name: offer.name,
      package_dimensions: null,
      shippable: null,
      statement_descriptor: null,
      tax_code: 'txcd_10103001',
      type: 'service',
      unit_label: offer.key === 'core' ? 'seat' : null,
      updated: seconds(created),
      url: null,
    }
  }

  function price(list: ListPrice, currency: Currency, created: Date): StripeObject {
    const amount = amountIn(currency, list)
    return {
      id: priceId(list, currency),
      object: 'price',
      active: true,
      billing_scheme: 'per_unit',
      created: seconds(created),
      currency,
      custom_unit_amount: null,
      livemode: true,
      lookup_key: null,
      metadata: list.product.addOn ? { kind: 'add_on' } : {},
      nickname: list.plan.nickname && (list.interval === 'year' ? `${list.plan.nickname} annual` : list.plan.nickname),
      product: productId(list.product),
      recurring: {
        interval: list.interval,
        interval_count: 1,
        meter: list.product.meteredBy === undefined ? null : meterId(list.product),
        trial_period_days: null,
        usage_type: list.product.meteredBy === undefined ? 'licensed' : 'metered',
      },
      tax_behavior: 'exclusive',
      tiers_mode: null,
      transform_quantity: list.product.meteredBy ? { divide_by: list.product.meteredBy, round: 'up' } : null,
      type: 'recurring',
      unit_amount: amount,
      unit_amount_decimal: String(amount),
    }
  }

  function customer(
    key: string,
    company: Company & {
      segment: string
      manager: string
      parent?: string | undefined
      department?: string | undefined
    },
    created: Date,
  ): StripeObject {
    return {
      id: customerId(key),
      object: 'customer',
      address: { city: null, country: company.country, line1: null, line2: null, postal_code: null, state: null },
      balance: 0,
      created: seconds(created),
      currency: null,
      default_source: null,
      delinquent: false,
      description: null,
      discount: null,
      email: `billing@${company.name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`,
      invoice_prefix: stripeId('', 8, seed, key).slice(1).toUpperCase(),
      invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
      livemode: true,
      metadata: {
        industry: company.industry,
        segment: company.segment,
        manager: company.manager,
        ...(company.parent ? { parent: company.parent } : {}),
        ...(company.department ? { department: company.department } : {}),
      },
      name: company.name,
      next_invoice_sequence: 1,
      phone: null,
      preferred_locales: [company.country === 'JP' ? 'ja' : 'en'],
      shipping: null,
      tax_exempt: 'none',
      test_clock: null,
    }
  }

  function item(customer: string, contract: Contract, holding: Holding, at: Date): StripeObject {
    const key = `${customer}/${contract.key}/${holding.slot}`
    const period = periodAt(contract.anchor, contract.interval === 'year' ? 12 : 1, at)
    const started = at < contract.anchor ? contract.start : period.start
    return {
      id: stripeId('si', 14, seed, key),
      object: 'subscription_item',
      billing_thresholds: null,
      created: seconds(contract.start),
      current_period_end: seconds(at < contract.anchor ? contract.anchor : period.end),
      current_period_start: seconds(started),
      discounts: [],
      metadata: { region: holding.region },
      price: price(priceOf(holding.price), contract.currency, contract.start),
      ...(priceOf(holding.price).product.meteredBy === undefined ? { quantity: holding.quantity } : {}),
      subscription: subscriptionId(customer, contract),
      tax_rates: [],
    }
  }

  const subscriptionId = (customer: string, contract: Pick<Contract, 'key'>) =>
    stripeId('sub_1', 23, seed, `${customer}/${contract.key}`).replace('sub_1_', 'sub_1')

  /** What of a welcome is still running. */
  function discountsOf(customer: string, { key, discount, start }: Contract, at: Date): StripeObject[] {
    if (!discount || at >= discount.end) return []
    const coupon = { id: `WELCOME${discount.percent}`, object: 'coupon', duration: 'repeating', duration_in_months: 12 }
    return [
      {
        id: stripeId('di_1', 23, seed, `${customer}/${key}`).replace('di_1_', 'di_1'),
        object: 'discount',
        source: {
          type: 'coupon',
          coupon: { ...coupon, percent_off: discount.percent, amount_off: null, currency: null },
        },
        start: seconds(start),
        end: seconds(discount.end),
        subscription: subscriptionId(customer, { key }),
      },
    ]
  }

  function subscription(customer: string, contract: Contract, at: Date): StripeObject {
    const items = contract.holdings.map((holding) => item(customer, contract, holding, at))
    const { cancelAtPeriodEnd, canceledAt, endedAt, trialEnd } = contract
    return {
      id: subscriptionId(customer, contract),
      object: 'subscription',
      application: null,
      application_fee_percent: null,
      automatic_tax: { disabled_reason: null, enabled: true, liability: { type: 'self' } },
      billing_cycle_anchor: seconds(contract.anchor),
      billing_mode: { type: 'flexible' },
      cancel_at: cancelAtPeriodEnd ? (items[0]?.['current_period_end'] ?? null) : null,
      cancel_at_period_end: cancelAtPeriodEnd,
      canceled_at: canceledAt && seconds(canceledAt),
      cancellation_details: { comment: null, feedback: null, reason: canceledAt ? 'cancellation_requested' : null },
      collection_method: coreOf(contract).quantity >= 40 ? 'send_invoice' : 'charge_automatically',
      created: seconds(contract.start),
      currency: contract.currency,
      customer: customerId(customer),
      days_until_due: coreOf(contract).quantity >= 40 ? 30 : null,
      default_payment_method: null,
      default_tax_rates: [],
      description: null,
      discounts: discountsOf(customer, contract, at),
      ended_at: endedAt && seconds(endedAt),
      items: {
        object: 'list',
        data: items,
        has_more: false,
        total_count: items.length,
        url: `/v1/subscription_items?subscription=${subscriptionId(customer, contract)}`,
      },
      latest_invoice: stripeId('in_1', 23, seed, `${customer}/${contract.key}/${seconds(at)}`).replace('in_1_', 'in_1'),
      livemode: true,
      metadata: {},
      pause_collection: contract.paused ? { behavior: 'void', resumes_at: null } : null,
      pending_update: null,
      schedule: null,
      start_date: seconds(contract.start),
      status: contract.status,
      test_clock: null,
      trial_end: trialEnd && seconds(trialEnd),
      trial_start: trialEnd && seconds(contract.start),
    }
  }

  /** What of a subscription was different before, as Stripe tells it. */
  function previousAttributes(before: StripeObject, after: StripeObject): StripeObject {
    const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    return Object.fromEntries(changed.map((name) => [name, before[name]]))
  }

  function event(key: string, type: string, object: StripeObject, at: Date, previous?: StripeObject): StripeObject {
    return {
      id: stripeId('evt_1', 23, seed, key).replace('evt_1_', 'evt_1'),
      object: 'event',
      api_version: API_VERSION,
      created: seconds(at),
      data: { object, ...(previous ? { previous_attributes: previous } : {}) },
      livemode: true,
      pending_webhooks: 1,
      request: { id: stripeId('req', 14, seed, key), idempotency_key: null },
      type,
    }
  }

  return { product, price, meterId, customer, customerId, subscription, previousAttributes, event }
}
