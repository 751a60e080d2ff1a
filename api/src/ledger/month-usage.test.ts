import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthOf } from './month.ts'
import { monthReader, type Reading } from './month-usage.ts'
import { AGGREGATIONS, type Aggregation } from './price.ts'

const reading = (day: string, quantity: string, rest: Partial<Reading> = {}): Reading => ({
  ...{ metric: 'calls', subscription: null, item: null, day, at: null, mode: 'ADD', aggregation: null, quantity },
  ...{ reportedAt: `${day}T12:00:00.000Z`, event: `e ${day} ${quantity}`, id: `e ${day} ${quantity}` },
  ...rest,
})
const MARCH = monthOf('2024-03-01')
const quantityOf = (readings: Reading[], aggregation: Aggregation, month = MARCH): string | null => {
  const usage = monthReader(readings)(month, aggregation)
  return usage && String(Number(usage.quantity.numerator) / Number(usage.quantity.denominator))
}

describe('the readings of a month become its quantity', () => {
  const days = [reading('2024-02-28', '7'), reading('2024-03-02', '10'), reading('2024-03-30', '4.5')]
  it.each<[string, Reading[], Aggregation, string | null]>([
    ['a sum', days, 'SUM', '14.5'],
    ['a count', days, 'COUNT', '2'],
    ['the last value', days, 'LAST', '4.5'],
    ['the largest value', days, 'MAX', '10'],
    ['nothing, where none says anything of it', days.slice(0, 1), 'LAST', null],
    ['the last value ever, where none says anything of it', days.slice(0, 1), 'LAST_EVER', '7'],
    [
      'what was set replaces what was measured at the same time before',
      [
        reading('2024-03-02', '10', { at: '2024-03-02T00:00:00Z', reportedAt: '2024-03-02T01:00:00Z' }),
        reading('2024-03-02', '3', { at: '2024-03-02T00:00:00Z', reportedAt: '2024-03-02T02:00:00Z', mode: 'SET' }),
        reading('2024-03-02', '2', { at: '2024-03-02T00:00:00Z', reportedAt: '2024-03-02T03:00:00Z' }),
      ],
      'SUM',
      '5',
    ],
    [
      'a counter grows from where the month before left it',
      [reading('2024-02-28', '100'), reading('2024-03-10', '130'), reading('2024-03-31', '150')],
      'COUNTER',
      '50',
    ],
    [
      'a counter that falls has started anew',
      [reading('2024-02-28', '100'), reading('2024-03-10', '130'), reading('2024-03-20', '20')],
      'COUNTER',
      '50',
    ],
    [
      'the first reading of a counter is only where it stood',
      [reading('2024-03-10', '130'), reading('2024-03-31', '150')],
      'COUNTER',
      '20',
    ],
  ])('%s', (_, readings, aggregation, expected) => expect(quantityOf(readings, aggregation)).toBe(expected))

  it('in whatever order they come', () => {
    const readings = fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 1, max: 31 }), quantity: fc.nat({ max: 9 }), set: fc.boolean() }),
      { maxLength: 8, selector: ({ day, quantity }) => `${day} ${quantity}` },
    )
    const told = readings.map((rows) =>
      rows.map(({ day, quantity, set }) =>
        reading(`2024-03-${String(day).padStart(2, '0')}`, String(quantity), { mode: set ? 'SET' : 'ADD' }),
      ),
    )
    const both = told.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.constantFrom(...AGGREGATIONS),
      ),
    )
    fc.assert(
      fc.property(both, ([rows, shuffled, aggregation]) => {
        expect(quantityOf(shuffled, aggregation)).toBe(quantityOf(rows, aggregation))
      }),
    )
  })
})
