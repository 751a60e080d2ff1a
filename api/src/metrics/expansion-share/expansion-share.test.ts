import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'growth of existing accounts over all growth',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 3000],
      ['b', '2024-12-05', 1000],
    ],
    '0.75',
  ],
  [
    'accounts that come back are growth, not expansion',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 3000],
      ['b', '2024-01-05', 100],
      ['b', '2024-02-05', -100],
      ['b', '2024-12-05', 3000],
    ],
    '0.5',
  ],
  [
    'loss does not matter',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-11-05', 10000],
      ['a', '2024-12-05', 3000],
      ['b', '2024-12-05', -9000],
    ],
    '1',
  ],
  ['without growth there is no share', [['a', '2024-11-05', 10000]], 'NO_EXPANSION'],
]

describe('expansionShare', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('expansionShare', changes, asked)).toBe(expected)
  })
})
