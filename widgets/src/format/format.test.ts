import { describe, expect, it } from 'vitest'
import { formatCount, formatMultiple } from './count.ts'
import { exactDigits, formatAmount, formatInUnit, minorToAmount, moneyUnit } from './money.ts'
import { addMonths, formatDay, formatInstantDay, formatMonth, lastMonth } from './month.ts'
import { formatPercent, formatRoundPercent, formatTenths, toTenths } from './percent.ts'

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

describe('money in one unit', () => {
  it.each([
    ['en', 'USD', [842_000, 31_200], '$k', '842.0', '+31.2'],
    ['en', 'USD', [12_842_000, 31_200], '$M', '12.8', '0.0'],
    ['en', 'USD', [9_400, 120], '$', '9,400', '+120'],
    ['en', 'USD', [84.5, 2], '$', '84.50', '+2.00'],
    ['en', 'CHF', [842_000, 31_200], 'CHFk', '842.0', '+31.2'],
    ['en', 'JPY', [84_200_000, 312_000], '¥M', '84.2', '+0.3'],
    ['ja', 'JPY', [8_420_000, 312_000], '万円', '842.0', '+31.2'],
    ['ja', 'JPY', [84_200, 312], '円', '84,200', '+312'],
    ['ja', 'JPY', [2_470_000_000, 10_900_000], '億円', '24.7', '+0.1'],
    ['ja', 'USD', [842_000, 31_200], '万米ドル', '84.2', '+3.1'],
  ])('%s %s %j reads %s', (locale, currency, amounts, label, first, second) => {
    const unit = moneyUnit(amounts, currency, locale)
    expect(unit.label.replace(' ', '')).toBe(label)
    expect(formatInUnit(amounts[0] ?? 0, unit, locale)).toBe(first)
    expect(formatInUnit(amounts[1] ?? 0, unit, locale, true)).toBe(second)
  })

  it('has a true minus, and no sign on zero', () => {
    const unit = moneyUnit([20_000], 'USD', 'en')
    expect(formatInUnit(-14_200, unit, 'en', true)).toBe('\u221214.2')
    expect(formatInUnit(0, unit, 'en', true)).toBe('0.0')
  })
})

describe('exact money', () => {
  it('keeps every digit of an amount longer than a double', () => {
    expect(formatAmount('12345678901234567890.12', 2, 'en')).toBe('12,345,678,901,234,567,890.12')
  })
  it('shows no digits behind the point where none is needed', () => {
    expect(exactDigits(['854915.00', '760600'], 'USD')).toBe(0)
    expect(exactDigits(['854915.00', '760600.50'], 'USD')).toBe(2)
    expect(exactDigits(['854915'], 'JPY')).toBe(0)
  })
  it.each([
    [12_345n, 'USD', '123.45'],
    [-5n, 'USD', '-0.05'],
    [12_345n, 'JPY', '12345'],
    [12_345n, 'KWD', '12.345'],
    [12_345n, 'HUF', '123.45'],
  ])('%s minor units of %s are %s', (minor, currency, amount) => {
    expect(minorToAmount(minor, currency)).toBe(amount)
  })
})

describe('ratios', () => {
  it.each([
    ['1.124', '112.4 %'],
    ['1.12449', '112.4 %'],
    ['1.1245', '112.5 %'],
    ['0.9995', '100.0 %'],
    ['19.6', '1,960.0 %'],
    ['0', '0.0 %'],
  ])('%s is %s', (ratio, text) => {
    expect(plain(formatPercent(ratio, 'en'))).toBe(text)
    expect(plain(formatPercent(ratio, 'ja'))).toBe(text)
  })
  it('rounds labels of the scale only where they are round', () => {
    expect(plain(formatRoundPercent(1.2, 'en'))).toBe('120 %')
    expect(plain(formatRoundPercent(1.125, 'en'))).toBe('112.5 %')
  })
  it('gives parts in tenths that add as shown', () => {
    const [nrr, grr] = [1.12449, 0.94051]
    const grown = toTenths(nrr) - toTenths(grr)
    expect(formatTenths(toTenths(grr) + grown, 'en')).toBe(formatTenths(toTenths(nrr), 'en'))
  })
})

describe('counts and months', () => {
  it('separates thousands', () => expect(formatCount(1804, 'en')).toBe('1,804'))
  it.each([
    ['16.666', '×16.7'],
    ['99.94', '×99.9'],
    ['99.96', '×100'],
    ['16000', '×16,000'],
  ])('%s times is %s', (value, text) => expect(formatMultiple(value, 'en')).toBe(text))
  it('names months and days in the reader’s language', () => {
    expect(formatMonth('2026-10-01', 'en')).toBe('Oct 2026')
    expect(formatMonth('2026-10-01', 'ja')).toBe('2026年10月')
    expect(formatDay('2026-11-22', 'en')).toBe('22 Nov 2026')
    expect(formatDay('2026-11-22', 'ja')).toBe('2026年11月22日')
  })
  it('shows an instant on the tenant’s day', () => {
    expect(formatInstantDay('2026-11-21T16:00:00Z', 'en', 'Asia/Tokyo')).toBe('22 Nov 2026')
    expect(formatInstantDay('2026-11-21T16:00:00Z', 'en', 'America/New_York')).toBe('21 Nov 2026')
  })
  it('walks over the ends of years', () => {
    expect(addMonths('2026-01-01', -1)).toBe('2025-12-01')
    expect(addMonths('2025-12-01', 1)).toBe('2026-01-01')
    expect(lastMonth({ end: '2026-11-01' })).toBe('2026-10-01')
  })
})
