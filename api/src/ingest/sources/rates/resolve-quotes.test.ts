import { expect, it } from 'vitest'
import { readQuote } from './read-quote.ts'
import { type QuoteAt, resolveQuotes } from './resolve-quotes.ts'

const DAY = '2024-01-31'
const quote = (line: number, currency: string, rate: string, base: string | null = null): QuoteAt => ({
  line,
  day: DAY,
  currency,
  rate,
  base,
})
const worths = (...quotes: QuoteAt[]) =>
  resolveQuotes(quotes, 'JPY').worths.map(({ currency, rate, per }) => `${per} ${currency} = ${rate} JPY`)

it.each([
  ['without a base the rate is in the currency of the tenant', [quote(2, 'USD', '147.50')], ['1 USD = 147.5 JPY']],
  ['a base that is another currency', [quote(2, 'JPY', '147.5', 'USD')], ['1 USD = 147.5 JPY']],
  ['the base of the tenant: the exact inverse', [quote(2, 'USD', '0.00678', 'JPY')], ['0.00678 USD = 1 JPY']],
  [
    'a cross quote by way of its base, wherever that stands',
    [quote(2, 'USD', '1.08', 'EUR'), quote(3, 'JPY', '160', 'EUR')],
    ['1 EUR = 160 JPY', '1.08 USD = 160 JPY'],
  ],
  [
    'a cross quote whose base is an inverse itself',
    [quote(2, 'EUR', '0.006', 'JPY'), quote(3, 'USD', '1.1', 'EUR')],
    ['0.006 EUR = 1 JPY', '0.0066 USD = 1 JPY'],
  ],
  ['the same twice', [quote(2, 'USD', '147.5'), quote(3, 'USD', '147.50')], ['1 USD = 147.5 JPY']],
])('%s', (_, quotes, expected) => {
  expect(worths(...quotes)).toEqual(expected)
})

it('two rates of one day, and a base that nothing is known of, are told by line', () => {
  const quotes = [quote(2, 'USD', '147'), quote(3, 'USD', '148'), quote(4, 'USD', '1.3', 'GBP')]
  expect(resolveQuotes(quotes, 'JPY').problems).toEqual([
    { line: 3, column: 'rate', value: '148', expected: 'one rate of USD on 2024-01-31; line 2 says 147' },
    {
      line: 4,
      column: 'base',
      value: 'GBP',
      expected: 'JPY, or a currency that the file sets against JPY on 2024-01-31 too',
    },
  ])
})

const at = { date: 0, currency: 1, rate: 2, base: 3 }
const rules = { reporting: 'JPY', today: '2024-02-01' }
it.each([
  [['2024-02-30', 'USD', '1', ''], 'date', '2024-02-30'],
  [['2024-02-02', 'USD', '1', ''], 'date', '2024-02-02'],
  [['2024-01-31', 'XXZ', '1', ''], 'currency', 'XXZ'],
  [['2024-01-31', 'JPY', '1', ''], 'currency', 'JPY'],
  [['2024-01-31', 'USD', '0', ''], 'rate', '0'],
  [['2024-01-31', 'USD', '-1', ''], 'rate', '-1'],
  [['2024-01-31', 'USD', '1,5', ''], 'rate', '1,5'],
  [['2024-01-31', 'USD', '1e3', ''], 'rate', '1e3'],
  [['2024-01-31', 'USD', '1', 'USD'], 'base', 'USD'],
])('%j is refused for its %s', (cells, column, value) => {
  expect(readQuote(cells, at, rules)).toMatchObject({ problem: { column, value } })
})

it('a sound row is read', () => {
  expect(readQuote([' 2024-01-31', 'usd', '0147.50', ''], at, rules)).toEqual(
    expect.objectContaining({ day: DAY, currency: 'USD', rate: '147.5', base: null }),
  )
})
