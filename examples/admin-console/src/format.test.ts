import { describe, expect, it } from 'vitest'
import { formatters } from './format.ts'

const yen = (amount: string) => ({ amount, minor: amount, currency: 'JPY' })
const en = formatters('en')
const ja = formatters('ja')

describe('figures', () => {
  it('are exact beyond what a number holds', () => {
    expect(en.money(yen('90071992547409931'))).toBe('¥90,071,992,547,409,931')
  })

  it('line up in both languages: half-width yen, real minus', () => {
    expect(en.signedMoney(yen('-1200'))).toBe('−¥1,200')
    expect(ja.signedMoney(yen('-1200'))).toBe('−¥1,200')
    expect(ja.signedMoney(yen('1200'))).toBe('+¥1,200')
  })

  it('are short as each language shortens them', () => {
    expect(en.shortMoney(yen('17313200'))).toBe('¥17.3M')
    expect(ja.shortMoney(yen('17313200'))).toBe('¥1,731.3万')
  })

  it('keep the minor digits of the currency', () => {
    expect(en.money({ amount: '12.5', minor: '1250', currency: 'EUR' })).toBe('€12.50')
  })
})

describe('measures of a report', () => {
  it('are amounts, shares or plain numbers, as their column says', () => {
    expect(en.measure('791350', { unit: 'MONEY', currency: 'JPY' })).toBe('¥791,350')
    expect(en.measure('1.0644', { unit: 'RATIO', currency: null })).toBe('106.4%')
    expect(ja.measure('4.04', { unit: 'MULTIPLE', currency: null })).toBe('4')
    expect(ja.measure('1250', { unit: 'COUNT', currency: null })).toBe('1,250')
  })
})

describe('days and months', () => {
  it('are the tenant’s, whatever the time zone of the reader', () => {
    expect(en.month('2026-10-01')).toBe('Oct 2026')
    expect(ja.month('2026-10-01')).toBe('2026年10月')
    expect(ja.day('2026-11-21')).toBe('2026年11月21日')
  })
})
