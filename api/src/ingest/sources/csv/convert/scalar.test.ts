import { describe, expect, it } from 'vitest'
import { readBoolean } from './boolean.ts'
import { readCount } from './count.ts'
import { readCurrency } from './currency.ts'
import { readInterval } from './interval.ts'
import { readQuantity } from './quantity.ts'
import { readId, readLabel, readText } from './text.ts'

describe('booleans', () => {
  it.each(['TRUE', 'True', 'true', 't', '1', 'yes', 'Y'])('%s is true', (text) => expect(readBoolean(text)).toBe(true))
  it.each(['FALSE', 'False', 'false', 'f', '0', 'no', 'N'])('%s is false', (text) =>
    expect(readBoolean(text)).toBe(false),
  )
  it.each(['maybe', '2', 'ja', '-'])('%s is neither', (text) =>
    expect(() => readBoolean(text)).toThrow('true or false (also 1 or 0, yes or no)'),
  )
})

describe('counts', () => {
  it.each([
    ['0', 0],
    ['12', 12],
    ['012', 12],
    ['12.0', 12],
    ['2147483647', 2_147_483_647],
  ])('%s is %i', (text, count) => expect(readCount(text)).toBe(count))
  it.each(['-1', '1.5', '2147483648', 'a dozen'])('%s is no count', (text) =>
    expect(() => readCount(text)).toThrow('expected a'),
  )
})

describe('quantities', () => {
  it('keeps what the database keeps, exactly', () =>
    expect(readQuantity('123456789012345678.123456')).toBe('123456789012345678.123456'))
  it.each(['1234567890123456789', '0.1234567'])('%s would be cut, so it is refused', (text) =>
    expect(() => readQuantity(text)).toThrow('at most 18 digits before the point and 6 after it'),
  )
})

describe('currencies', () => {
  it('reads codes in any case', () => expect(readCurrency('usd')).toBe('USD'))
  it.each(['US', 'DOLLAR', '$', 'ZZZ'])('%s is no code', (text) => expect(() => readCurrency(text)).toThrow('ISO 4217'))
})

describe('intervals', () => {
  it.each([
    ['monthly', 'MONTH'],
    ['Month', 'MONTH'],
    ['ANNUAL', 'YEAR'],
    ['yearly', 'YEAR'],
    ['week', 'WEEK'],
    ['daily', 'DAY'],
  ])('%s is %s', (text, interval) => expect(readInterval(text)).toBe(interval))
  it.each(['quarterly', 'constructor'])('%s is none', (text) =>
    expect(() => readInterval(text)).toThrow('day, week, month or year'),
  )
})

describe('texts', () => {
  it('names may span lines, ids may not', () => {
    expect(readText('Acme\nHoldings')).toBe('Acme\nHoldings')
    expect(() => readId('A-1\nA-2')).toThrow('on one line')
  })
  it.each([
    [readText, 500],
    [readId, 200],
    [readLabel, 100],
  ])('%o keeps texts short enough to be indexed', (read, longest) => {
    expect(read('x'.repeat(longest))).toHaveLength(longest)
    expect(() => read('x'.repeat(longest + 1))).toThrow(`at most ${longest} characters`)
  })
})
