import { describe, expect, it } from 'vitest'
import { PayloadError } from '../../payload/payload-error.ts'
import { readStripe } from './stripe.ts'
import { anEvent, anItem, aPrice, aSubscription, iso, read, START, subscription, toBytes } from './testing.ts'

describe('a Stripe event', () => {
  it('becomes one received event with the raw bytes, the account and the normalised events', () => {
    const raw = toBytes(anEvent('customer.subscription.created', aSubscription({ customer: { id: 'cus_9' } })))
    expect(readStripe(raw, 'stripe')).toEqual({
      externalId: 'evt_1',
      kind: 'customer.subscription.created',
      raw,
      eventTime: iso(START),
      account: 'cus_9',
      events: [
        {
          type: 'price',
          price: 'price_basic',
          product: 'prod_core',
          nickname: 'Basic',
          at: iso(START),
          pricing: {
            currency: 'USD',
            scheme: 'PER_UNIT',
            unitAmount: '1000',
            interval: 'MONTH',
            intervalCount: 1,
            usage: 'LICENSED',
          },
        },
        {
          type: 'subscription',
          account: 'cus_9',
          subscription: 'sub_1',
          at: iso(START),
          rank: 0,
          effectiveAt: iso(START),
          state: {
            status: 'ACTIVE',
            currency: 'USD',
            items: [
              {
                item: 'si_1',
                price: 'price_basic',
                product: 'prod_core',
                quantity: 10,
                pricing: {
                  currency: 'USD',
                  scheme: 'PER_UNIT',
                  unitAmount: '1000',
                  interval: 'MONTH',
                  intervalCount: 1,
                  usage: 'LICENSED',
                },
              },
            ],
          },
        },
      ],
    })
  })

  it.each([
    ['of a kind we do not count', anEvent('charge.updated', {}), /charge\.updated are not counted/],
    ['of a schedule of nobody', anEvent('subscription_schedule.updated', { id: 'sub_sched_1' }), /no customer/],
    ['of a kind named like a built-in', anEvent('constructor', {}), /constructor are not counted/],
    ['without an id', anEvent('customer.created', {}, { id: undefined }), /Not a Stripe event/],
    ['that is another object', { object: { id: 'sub_1', object: 'subscription' } }, /Not a Stripe event/],
    ['that is a list', [], /Not a Stripe event/],
    ['that is null', null, /Not a Stripe event/],
    ['without a time', anEvent('customer.created', {}, { created: undefined }), /does not say when/],
    ['without an object', anEvent('customer.created', undefined), /carries no object/],
    ['of a connected account', anEvent('customer.created', {}, { account: 'acct_1' }), /connected account acct_1/],
    ['of a customer without an id', anEvent('customer.created', {}), /customer has no id/],
    ['of a product without an id', anEvent('product.created', {}), /product has no id/],
    ['of a price without an id', anEvent('price.created', {}), /price has no id/],
    ['of a price without a currency', anEvent('price.created', aPrice({ currency: null })), /names no currency/],
    [
      'of a subscription without a customer',
      anEvent('customer.subscription.updated', aSubscription({ customer: null })),
      /belongs to no customer/,
    ],
    [
      'of a subscription in an unknown status',
      anEvent('customer.subscription.updated', aSubscription({ status: 'odd' })),
      /"odd" is not a status/,
    ],
    [
      'of a subscription whose items are cut short',
      anEvent('customer.subscription.updated', { ...aSubscription(), items: { data: [anItem()], has_more: true } }),
      /cut short/,
    ],
    [
      'of a subscription that names no currency',
      anEvent(
        'customer.subscription.updated',
        aSubscription({ currency: null, items: [anItem({ price: aPrice({ currency: null }) })] }),
      ),
      /names no currency/,
    ],
    [
      'of an item with neither price nor plan',
      anEvent('customer.subscription.updated', aSubscription({ items: [anItem({ price: null })] })),
      /neither a price nor a plan/,
    ],
    [
      'of a price in another currency than the subscription',
      anEvent(
        'customer.subscription.updated',
        aSubscription({ items: [anItem({ price: aPrice({ currency: 'eur' }) })] }),
      ),
      /is in EUR, the subscription in USD/,
    ],
  ])('%s is ignored with a reason', (_, event, reason) => {
    const received = read(event)
    expect(received.ignored).toMatch(reason)
    expect(received.events).toEqual([])
    expect(received.account).toBeNull()
    expect(received.externalId).not.toBe('')
  })

  it('without an id is named by its body', () => {
    expect(read({ a: 1 }).externalId).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(read({ a: 1 }).externalId).not.toBe(read({ a: 2 }).externalId)
  })

  it.each([
    [
      'unit_amount',
      aPrice({ unit_amount: 10.5 }),
      /price\.unit_amount is 10\.5; accepted: a whole number of minor units/,
    ],
    ['unit_amount_decimal', aPrice({ unit_amount_decimal: '1e3' }), /unit_amount_decimal is "1e3"/],
    ['interval', aPrice({ recurring: { interval: 'fortnight' } }), /interval is "fortnight"; accepted: "day", "week"/],
    ['currency', aPrice({ currency: 'dollars' }), /currency is "dollars"; accepted: an ISO 4217 code/],
    ['tiers_mode', aPrice({ billing_scheme: 'tiered' }), /tiers_mode is undefined; accepted: "graduated" or "volume"/],
    ['id', aPrice({ id: 7 }), /price\.id is 7; accepted: text/],
  ])('with an impossible %s is refused, and the message says where', (_, price, message) => {
    const event = anEvent('customer.subscription.updated', aSubscription({ items: [anItem({ price })] }))
    expect(() => read(event)).toThrow(PayloadError)
    expect(() => read(event)).toThrow(message)
    expect(() => read(event)).toThrow(/^stripe: \$\.data\.object\.items\.data\[0\]\.price/)
  })

  it.each([-1, 1.5, '3', 2_147_483_648])('with the quantity %s is refused', (quantity) => {
    expect(() => subscription(aSubscription({ items: [anItem({ quantity })] }))).toThrow(
      /quantity is .*accepted: a whole/,
    )
  })
})
