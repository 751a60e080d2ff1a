import fc from 'fast-check'
import { expect, it } from 'vitest'
import { divide, divideMoney } from './decimal.ts'

it.each([
  [1n, 4n, '0.25'],
  [2n, 3n, '0.666666666667'],
  [-2n, 3n, '-0.666666666667'],
  [7n, 7n, '1'],
  [0n, 5n, '0'],
  [1n, 2_000_000_000_000n, '0'],
  [3n, 2_000_000_000_000n, '0.000000000002'],
  [-1n, 3_000_000_000_000n, '0'],
  [12_345_678_901_234_567_890n, 1n, '12345678901234567890'],
])('%s / %s is %s', (numerator, denominator, expected) => {
  expect(divide(numerator, denominator)).toBe(expected)
})

it('is the nearest decimal of twelve places', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 15n }), (a, b) => {
      const [whole = '', fraction = ''] = divide(a, b).replace('-', '').split('.')
      const scaled = BigInt(whole + fraction.padEnd(12, '0'))
      const exact = (a < 0n ? -a : a) * 10n ** 12n
      const distance = scaled * b - exact
      expect((distance < 0n ? -distance : distance) * 2n <= b).toBe(true)
    }),
  )
})

it('an average of money is in major units', () => {
  expect([divideMoney(10000n, 3n, 'USD'), divideMoney(10000n, 3n, 'JPY')]).toEqual([
    '33.333333333333',
    '3333.333333333333',
  ])
})
