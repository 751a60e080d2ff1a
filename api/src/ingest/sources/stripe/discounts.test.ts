import { expect, it } from 'vitest'
import { readDiscounts } from './discounts.ts'

const coupon = (rest: object) => ({ id: 'SAVE', duration: 'forever', ...rest })
const read = (value: object) => readDiscounts({ source: 'stripe', path: '$', value })

it.each<[string, object, unknown]>([
  ['no discount', {}, {}],
  [
    'a discount of before 2024',
    { discount: { id: 'di_1', coupon: coupon({ percent_off: 12.5 }) } },
    { discounts: [{ id: 'di_1', percentOff: '12.5' }] },
  ],
  [
    'a list of them',
    { discounts: [{ id: 'di_1', coupon: coupon({ amount_off: 500 }) }] },
    { discounts: [{ id: 'di_1', amountOff: '500' }] },
  ],
  [
    'a coupon under its source',
    { discounts: [{ id: 'di_1', source: { coupon: coupon({ percent_off: 50 }) } }] },
    { discounts: [{ id: 'di_1', percentOff: '50' }] },
  ],
  [
    'one that repeats ends when it says',
    { discount: { coupon: coupon({ duration: 'repeating', percent_off: 10 }), end: 1_735_689_600 } },
    { discounts: [{ id: 'SAVE', end: '2025-01-01T00:00:00.000Z', percentOff: '10' }] },
  ],
  [
    'one that applies once says so',
    { discount: { coupon: coupon({ duration: 'once', percent_off: 50 }) } },
    { discounts: [{ id: 'SAVE', percentOff: '50', once: true }] },
  ],
  ['a coupon that takes nothing off', { discount: { id: 'di_1', coupon: coupon({}) } }, {}],
  ['ids alone', { discounts: ['di_1', 'di_2'], discount: null }, { namedDiscounts: [{ id: 'di_1' }, { id: 'di_2' }] }],
  [
    'a coupon by id under its source',
    { discounts: [{ id: 'di_1', source: { type: 'coupon', coupon: 'SAVE' }, end: 1_735_689_600 }] },
    { namedDiscounts: [{ id: 'di_1', coupon: 'SAVE', end: '2025-01-01T00:00:00.000Z' }] },
  ],
  [
    'some in full',
    { discounts: ['di_1', { id: 'di_2', coupon: coupon({ percent_off: 50 }) }] },
    { discounts: [{ id: 'di_2', percentOff: '50' }], namedDiscounts: [{ id: 'di_1' }] },
  ],
])('%s', (_, subscription, expected) => {
  expect(read(subscription)).toEqual(expected)
})

it('a percentage out of range is refused by name', () => {
  expect(() => read({ discount: { coupon: coupon({ percent_off: 120 }) } })).toThrow(/percent_off/)
})
