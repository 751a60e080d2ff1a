import { describe, expect, it } from 'vitest'
import { anEvent, anItem, aPrice, aSubscription, read, subscription } from './testing.ts'

const pricing = (price: unknown) => subscription(aSubscription({ items: [anItem({ price })] })).state.items[0]?.pricing

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
    ['an add-on', aPrice({ metadata: { kind: 'add_on' } }), { addOn: true }],
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
