import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NumberFormat, readDecimal } from './decimal.ts'
import { toMinorDecimal } from './minor.ts'

describe('decimals', () => {
  const cases: [string, NumberFormat, string][] = [
    ['0', {}, '0'],
    ['-0.00', {}, '0'],
    ['2786', {}, '2786'],
    ['+12.50', {}, '12.5'],
    ['-12.5', {}, '-12.5'],
    ['007.0100', {}, '7.01'],
    ['5.', {}, '5'],
    ['12345678901234567890.123456789', {}, '12345678901234567890.123456789'],
    ['1,234,567.8', { thousands: ',' }, '1234567.8'],
    ['12,34,567', { thousands: ',' }, '1234567'],
    ['1234567', { thousands: ',' }, '1234567'],
    ['1.234,5', { decimal: ',', thousands: '.' }, '1234.5'],
    ['1 234,5', { decimal: ',', thousands: ' ' }, '1234.5'],
    ['1\u00a0234', { thousands: ' ' }, '1234'],
    ["1'234", { thousands: "'" }, '1234'],
  ]
  it.each(cases)('%s with %o is %s', (text, format, decimal) => expect(readDecimal(text, format)).toBe(decimal))

  const faults: [string, NumberFormat, string][] = [
    ['', {}, 'a number such as 1234.5'],
    ['.5', {}, 'a number such as 1234.5'],
    ['1.2.3', {}, 'a number such as 1234.5'],
    ['1e5', {}, 'a number such as 1234.5'],
    ['$12', {}, 'a number such as 1234.5'],
    ['NaN', {}, 'a number such as 1234.5'],
    ['1,234.5', {}, 'to read thousands separators, name them under "numbers" in the mapping'],
    ['1,23', { thousands: ',' }, 'a number such as 1,234.5'],
    ['1,2345', { thousands: ',' }, 'a number such as 1,234.5'],
    ['12.5', { decimal: ',' }, 'a number such as 1234,5'],
  ]
  it.each(faults)('%s with %o is refused', (text, format, message) =>
    expect(() => readDecimal(text, format)).toThrow(message),
  )

  it('never loses a digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.stringMatching(/^\d{0,20}$/), (whole, fraction) => {
        const rest = fraction.replace(/0+$/, '')
        expect(readDecimal(`${whole}.${fraction}`)).toBe(rest ? `${whole}.${rest}` : `${whole}`)
      }),
    )
  })
})

describe('major to minor units', () => {
  it.each([
    ['2786', 'USD', '278600'],
    ['12.5', 'USD', '1250'],
    ['0.1', 'USD', '10'],
    ['0.005', 'USD', '0.5'],
    ['12.345', 'USD', '1234.5'],
    ['-12.5', 'USD', '-1250'],
    ['0', 'USD', '0'],
    ['1980', 'JPY', '1980'],
    ['1980.5', 'JPY', '1980.5'],
    ['1.5', 'KWD', '1500'],
    ['90071992547409931.23', 'USD', '9007199254740993123'],
  ])('%s %s is %s', (major, currency, minor) => expect(toMinorDecimal(major, currency)).toBe(minor))
})
