import { describe, expect, it } from 'vitest'
import { anEvent, anItem, aPrice, aSubscription, iso, read, START, subscription, subscriptionOf } from './testing.ts'

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

  it('that is past due pays on, and no longer when it turns unpaid or is given up', () => {
    const lived: [string, Record<string, unknown>, string][] = [
      ['updated', { status: 'past_due' }, 'PAST_DUE'],
      ['updated', { status: 'past_due', cancel_at_period_end: true }, 'PAST_DUE'],
      ['updated', { status: 'past_due', pause_collection: { behavior: 'keep_as_draft' } }, 'PAUSED'],
      ['updated', { status: 'unpaid' }, 'UNPAID'],
      ['deleted', { status: 'canceled', ended_at: START + 100 }, 'ENDED'],
    ]
    const read = lived.map(([kind, fields]) => subscription(aSubscription(fields), kind).state.status)
    expect(read).toEqual(lived.map(([, , status]) => status))
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
