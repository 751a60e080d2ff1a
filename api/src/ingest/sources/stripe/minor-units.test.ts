import { expect, it } from 'vitest'
import { aPrice } from '../../../testing/build.ts'
import { inIsoMinor, isoMinor } from './minor-units.ts'

it.each([
  ['1500', 'USD', '1500'],
  ['1500', 'JPY', '1500'],
  ['1500', 'KWD', '1500'],
  ['1500', 'ISK', '15'],
  ['1550', 'UGX', '15.5'],
  ['5', 'ISK', '0.05'],
  ['-1500', 'ISK', '-15'],
  ['1500', 'MGA', '150000'],
  ['0.5', 'MGA', '50'],
])('Stripe writes %s %s for %s minor units', (amount, currency, expected) => {
  expect(isoMinor(amount, currency)).toBe(expected)
})

it('a price is changed as a whole', () => {
  const tiers = [{ upTo: null, unitAmount: '200', flatAmount: '100' }]
  expect(inIsoMinor(aPrice('1500', { currency: 'ISK', tiers }))).toMatchObject({
    unitAmount: '15',
    tiers: [{ upTo: null, unitAmount: '2', flatAmount: '1' }],
  })
})
