import { describe, expect, it } from 'vitest'
import { aPrice } from '../testing/build.ts'
import { monthlyAmount } from './level.ts'

const tiers = [
  { upTo: 10, unitAmount: '1000', flatAmount: '0' },
  { upTo: 50, unitAmount: '800', flatAmount: '500' },
  { upTo: null, unitAmount: '600', flatAmount: '0' },
]

describe('the MRR of an item is its list price per month, rounded half-even once', () => {
  it.each([
    ['a monthly price counts as it is', aPrice('1999'), 3, 5997n],
    ['a yearly price is a twelfth', aPrice('120000', { interval: 'YEAR' }), 1, 10_000n],
    ['4 yearly at 500.00 are 166.67', aPrice('50000', { interval: 'YEAR' }), 4, 16_667n],
    ['a three-month price is a third', aPrice('9000', { intervalCount: 3 }), 1, 3_000n],
    ['a week counts 52/12', aPrice('1200', { interval: 'WEEK' }), 1, 5_200n],
    ['a day counts 365/12', aPrice('12', { interval: 'DAY' }), 100, 36_500n],
    ['a tie goes to the even number below', aPrice('30', { interval: 'YEAR' }), 1, 2n],
    ['a tie goes to the even number above', aPrice('18', { interval: 'YEAR' }), 1, 2n],
    ['fractions of a minor unit are exact until the end', aPrice('0.5'), 3, 2n],
    ['a flat price does not depend on the quantity', aPrice('278600', { scheme: 'FLAT' }), 14, 278_600n],
    ['a volume price puts all units into one tier', aPrice('0', { scheme: 'VOLUME', tiers }), 20, 16_500n],
    [
      'a graduated price fills tier after tier',
      aPrice('0', { scheme: 'GRADUATED', tiers }),
      60,
      10_000n + 32_500n + 6_000n,
    ],
    [
      'units are packed before they are priced',
      aPrice('1000', { transformQuantity: { divideBy: 10, round: 'UP' } }),
      21,
      3_000n,
    ],
    ['packs may round down', aPrice('1000', { transformQuantity: { divideBy: 10, round: 'DOWN' } }), 29, 2_000n],
    ['a metered price has no committed amount', aPrice('1000', { usage: 'METERED' }), 5, 0n],
    ['a one-time price does not recur', aPrice('1000', { oneTime: true }), 5, 0n],
    ['a price without an amount is 0', aPrice('0', { unitAmount: null }), 5, 0n],
  ])('%s', (_, price, quantity, expected) => {
    expect(monthlyAmount(price, quantity)).toBe(expected)
  })
})
