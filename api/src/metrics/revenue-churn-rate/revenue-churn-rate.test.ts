import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'what the accounts that left paid, over the opening',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-11-05', 30000],
      ['a', '2024-12-05', -10000],
    ],
    '0.25',
  ],
  [
    'shrinking is not leaving',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -9999],
    ],
    '0',
  ],
  [
    'leaving and coming back within a month is neither',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -10000],
      ['a', '2024-12-20', 10000],
    ],
    '0',
  ],
  ['without an opening there is no rate', [['a', '2024-12-05', 10000]], 'NO_OPENING_MRR'],
]

describe('revenueChurnRate', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('revenueChurnRate', changes, asked)).toBe(expected)
  })
})
