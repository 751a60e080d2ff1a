import { describe, expect, it } from 'vitest'
import { minorDigits, toMajor, toMinor } from './money.ts'

describe('amounts are whole minor units of their currency', () => {
  it.each([
    ['12.5', 'USD', 1_250n, '12.50'],
    ['-0.05', 'USD', -5n, '-0.05'],
    ['1250', 'JPY', 1_250n, '1250'],
    ['1.234', 'KWD', 1_234n, '1.234'],
    ['900719925474099.31', 'USD', 90_071_992_547_409_931n, '900719925474099.31'],
  ])('%s %s is %s', (major, currency, minor, shown) => {
    expect([toMinor(major, currency), toMajor(minor, currency)]).toEqual([minor, shown])
  })

  it.each(['HUF', 'IDR', 'COP', 'PKR', 'TWD'])('%s has hundredths, although nobody prints them', (currency) => {
    expect(minorDigits(currency)).toBe(2)
  })

  it('more digits than the currency has are refused, not rounded', () => {
    expect(() => toMinor('1.005', 'USD')).toThrow('more than the 2 decimal places of USD')
    expect(() => toMinor('1.5', 'JPY')).toThrow('more than the 0 decimal places of JPY')
    expect(() => toMinor('1e3', 'USD')).toThrow('is not a decimal number')
  })
})
