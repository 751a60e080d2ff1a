import { describe, expect, it } from 'vitest'
import type { IngestEvent, SubscriptionEvent } from '../../event.ts'
import { PayloadError } from './payload-error.ts'
import { readStripe } from './stripe.ts'
import { anEvent, anItem, aPrice, aSubscription, START, toBytes } from './testing.ts'

const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
const read = (event: unknown) => readStripe(toBytes(event), 'stripe')

function subscriptionOf(events: IngestEvent[]): SubscriptionEvent {
  const found = events.find((event) => event.type === 'subscription')
  if (found?.type !== 'subscription') throw new Error('no subscription event')
  return found
}

/** The subscription event made of an object, `later` seconds after the start. */
function subscription(object: unknown, kind = 'updated', later = 100): SubscriptionEvent {
  return subscriptionOf(read(anEvent(`customer.subscription.${kind}`, object, { created: START + later })).events)
}

const pricing = (price: unknown) => subscription(aSubscription({ items: [anItem({ price })] })).state.items[0]?.pricing

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
    ['of a kind we do not count', anEvent('invoice.paid', {}), /invoice\.paid are not counted/],
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

describe('a subscription', () => {
  it.each([
    ['active', {}, 'ACTIVE'],
    ['trialing', {}, 'TRIAL'],
    ['past_due', {}, 'PAST_DUE'],
    ['unpaid', {}, 'UNPAID'],
    ['paused', {}, 'PAUSED'],
    ['incomplete', {}, 'INCOMPLETE'],
    ['incomplete_expired', {}, 'INCOMPLETE'],
    ['canceled', {}, 'ENDED'],
    ['active', { pause_collection: { behavior: 'void' } }, 'PAUSED'],
    ['active', { pause_collection: null }, 'ACTIVE'],
    ['trialing', { pause_collection: { behavior: 'void' } }, 'TRIAL'],
    ['canceled', { pause_collection: { behavior: 'void' } }, 'ENDED'],
    ['active', { cancel_at_period_end: true, canceled_at: START }, 'ACTIVE'],
  ])('that is %s with %j is %s', (status, more, expected) => {
    expect(subscription(aSubscription({ status, ...more })).state.status).toBe(expected)
  })

  it.each([
    ['created', { start_date: START - 50 }, START - 50],
    ['created', { start_date: undefined, start: START - 40 }, START - 40],
    ['created', { start_date: undefined, created: START - 30 }, START - 30],
    ['created', { start_date: undefined, created: undefined }, START + 100],
    ['updated', { start_date: START - 50 }, START + 100],
    ['updated', { status: 'canceled', ended_at: START + 80 }, START + 80],
    ['paused', { status: 'paused' }, START + 100],
    ['deleted', { status: 'canceled', ended_at: START + 90, canceled_at: START + 10 }, START + 90],
    ['deleted', { status: 'canceled', ended_at: null, canceled_at: START + 10 }, START + 10],
    ['deleted', { status: 'active' }, START + 100],
  ])('%s with %j counts from %i', (kind, fields, expected) => {
    expect(subscription(aSubscription(fields), kind).effectiveAt).toBe(iso(expected))
  })

  it('orders its events of one second: created, updated, deleted', () => {
    const ranks = ['created', 'updated', 'paused', 'deleted'].map((kind) => subscription(aSubscription(), kind).rank)
    expect(ranks).toEqual([0, 1, 1, 2])
  })

  it('that was deleted ends even where its items cannot be read', () => {
    const { state } = subscription(aSubscription({ currency: null, items: [anItem({ price: null })] }), 'deleted')
    expect(state).toEqual({ status: 'ENDED', currency: 'XXX', items: [] })
  })

  it.each([
    ['of the subscription', { current_period_start: START + 90 }],
    ['of an item', { items: [anItem({ current_period_start: START + 100 })] }],
  ])('is renewed when the period %s began with the event', (_, fields) => {
    expect(subscription(aSubscription(fields)).state.renewed).toBe(true)
    expect(subscription(aSubscription(fields), 'updated', 86_400).state).not.toHaveProperty('renewed')
    expect(subscription(aSubscription(fields), 'created').state).not.toHaveProperty('renewed')
  })

  it('of before 2018 is its own item, with a plan that carries the product', () => {
    const plan = {
      id: 'gold',
      object: 'plan',
      name: 'Gold',
      amount: 2000,
      currency: 'usd',
      interval: 'year',
      interval_count: 1,
    }
    const old = {
      id: 'sub_1',
      object: 'subscription',
      customer: 'cus_1',
      status: 'active',
      plan,
      quantity: 3,
      start: START,
    }
    const { events } = read(anEvent('customer.subscription.created', old))
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'product', product: 'gold', name: 'Gold' },
      { type: 'price', price: 'gold', product: 'gold' },
    ])
    expect(subscriptionOf(events).state).toMatchObject({
      currency: 'USD',
      items: [
        {
          item: 'sub_1',
          price: 'gold',
          product: 'gold',
          quantity: 3,
          pricing: { unitAmount: '2000', interval: 'YEAR' },
        },
      ],
    })
  })

  it('without a quantity holds one', () => {
    const { items } = subscription(
      aSubscription({ items: [anItem({ quantity: null }), anItem({ id: 'si_2', quantity: undefined })] }),
    ).state
    expect(items.map((item) => item.quantity)).toEqual([1, 1])
  })

  it('takes the region from the item, else from itself', () => {
    const items = [anItem({ metadata: { region: 'JP' } }), anItem({ id: 'si_2' })]
    const { state } = subscription(aSubscription({ items, metadata: { region: 'US' } }))
    expect(state.items.map((item) => item.region)).toEqual(['JP', 'US'])
    expect(subscription(aSubscription()).state.items[0]).not.toHaveProperty('region')
  })

  it('yields the prices and products it shows, so that lost catalogue events are no loss', () => {
    const product = { id: 'prod_core', object: 'product', name: 'Core' }
    const { events } = read(
      anEvent(
        'customer.subscription.updated',
        aSubscription({ items: [anItem({ price: aPrice({ product, lookup_key: 'basic' }) })] }),
      ),
    )
    expect(events.map((event) => event.type)).toEqual(['product', 'price', 'subscription'])
    expect(events[0]).toEqual({ type: 'product', product: 'prod_core', at: iso(START), name: 'Core' })
    expect(events[1]).toMatchObject({ product: 'prod_core', nickname: 'Basic', lookupKey: 'basic' })
  })
})

describe('a price', () => {
  const plan = (fields: object) => ({
    id: 'p',
    object: 'plan',
    currency: 'jpy',
    interval: 'month',
    product: 'prod_1',
    ...fields,
  })
  it.each([
    ['a whole unit amount', aPrice({ unit_amount: 1000, unit_amount_decimal: '1000' }), { unitAmount: '1000' }],
    ['a decimal unit amount', aPrice({ unit_amount: null, unit_amount_decimal: '0.0500' }), { unitAmount: '0.05' }],
    ['no unit amount', aPrice({ unit_amount: null }), { unitAmount: null }],
    ['a price that only says amount', aPrice({ unit_amount: undefined, amount: 300 }), { unitAmount: null }],
    ['zero', aPrice({ unit_amount: 0 }), { unitAmount: '0' }],
    ['weekly', aPrice({ recurring: { interval: 'week' } }), { interval: 'WEEK', intervalCount: 1 }],
    ['daily', aPrice({ recurring: { interval: 'day', interval_count: 10 } }), { interval: 'DAY', intervalCount: 10 }],
    ['every three months', aPrice({ recurring: { interval: 'month', interval_count: 3 } }), { intervalCount: 3 }],
    ['metered', aPrice({ recurring: { interval: 'month', usage_type: 'metered' } }), { usage: 'METERED' }],
    ['one-time', aPrice({ type: 'one_time', recurring: null }), { oneTime: true }],
    [
      'packages of ten',
      aPrice({ transform_quantity: { divide_by: 10, round: 'up' } }),
      { transformQuantity: { divideBy: 10, round: 'UP' } },
    ],
    [
      'graduated tiers',
      aPrice({
        unit_amount: null,
        billing_scheme: 'tiered',
        tiers_mode: 'graduated',
        tiers: [
          { up_to: 5, unit_amount: 1000, flat_amount: null },
          { up_to: null, unit_amount: null, unit_amount_decimal: '7.5', flat_amount: 100 },
        ],
      }),
      {
        scheme: 'GRADUATED',
        unitAmount: null,
        tiers: [
          { upTo: 5, unitAmount: '1000', flatAmount: '0' },
          { upTo: null, unitAmount: '7.5', flatAmount: '100' },
        ],
      },
    ],
    [
      'volume tiers of a plan',
      plan({ billing_scheme: 'tiered', tiers_mode: 'volume', tiers: [{ up_to: 'inf', amount: 900 }] }),
      { scheme: 'VOLUME', tiers: [{ upTo: null, unitAmount: '900', flatAmount: '0' }] },
    ],
    [
      'a plan',
      plan({
        currency: 'usd',
        amount: 1500,
        interval_count: 2,
        usage_type: 'licensed',
        transform_usage: { divide_by: 5, round: 'down' },
      }),
      { unitAmount: '1500', intervalCount: 2, usage: 'LICENSED', transformQuantity: { divideBy: 5, round: 'DOWN' } },
    ],
    ['no currency of its own', aPrice({ currency: undefined }), { currency: 'USD' }],
    [
      'several currencies',
      aPrice({
        currency: 'eur',
        unit_amount: 900,
        currency_options: { usd: { unit_amount: 1100, unit_amount_decimal: '1100' } },
      }),
      { currency: 'USD', unitAmount: '1100' },
    ],
  ])('with %s is read', (_, price, expected) => {
    const tiered = (price as { currency?: string }).currency === 'jpy'
    const items = [anItem({ price })]
    const state = tiered
      ? subscription(aSubscription({ currency: 'jpy', items })).state.items[0]?.pricing
      : pricing(price)
    expect(state).toMatchObject(expected)
  })

  it('event and a plan event give the same price', () => {
    const [fromPrice] = read(
      anEvent('price.created', aPrice({ id: 'p', product: 'prod_1', nickname: null, unit_amount: 700 })),
    ).events
    const [fromPlan] = read(anEvent('plan.created', plan({ currency: 'usd', amount: 700 }))).events
    expect(fromPrice).toEqual(fromPlan)
  })
})

describe('a customer', () => {
  const customer = (object: object, kind = 'customer.created') =>
    read(anEvent(kind, { id: 'cus_1', ...object })).events[0]

  it('becomes an account', () => {
    const object = {
      name: 'Aozora',
      email: 'ops@aozora.example',
      created: START,
      address: { country: 'JP', city: 'Osaka' },
      metadata: { region: 'US', parent: 'cus_0', industry: 'Retail', __proto__: 'x' },
    }
    expect(customer(object)).toEqual({
      type: 'account',
      account: 'cus_1',
      at: iso(START),
      name: 'Aozora',
      region: 'JP',
      parent: 'cus_0',
      signedUpOn: '2023-11-14',
      attributes: { industry: 'Retail' },
    })
  })

  it('without a name goes by metadata, else by id, never by its email address', () => {
    expect(customer({ name: null, metadata: { name: 'Kita' } })).toMatchObject({ name: 'Kita', attributes: {} })
    expect(customer({ email: 'a@b.example', description: 'a@b.example' })).toMatchObject({ name: 'cus_1' })
    expect(JSON.stringify(customer({ email: 'a@b.example', description: 'a@b.example' }))).not.toContain('a@b')
  })

  it('takes the region of the metadata where there is no address', () => {
    expect(customer({ address: null, metadata: { region: 'SG' } })).toMatchObject({ region: 'SG' })
  })

  it('that was deleted says so', () => {
    expect(customer({}, 'customer.deleted')).toMatchObject({ deleted: true })
    expect(customer({})).not.toHaveProperty('deleted')
  })
})

describe('a product', () => {
  it('goes by its name, else by its id', () => {
    expect(read(anEvent('product.updated', { id: 'prod_1', name: 'Core' })).events).toEqual([
      { type: 'product', product: 'prod_1', at: iso(START), name: 'Core' },
    ])
    expect(read(anEvent('product.deleted', { id: 'prod_1' })).events[0]).toMatchObject({
      name: 'prod_1',
      deleted: true,
    })
  })
})
