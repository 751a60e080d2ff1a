import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'growth does not count',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-12-05', 2400],
    ],
    '1',
  ],
  [
    'growth of one account does not hide the loss of another',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-12-05', 10000],
      ['b', '2023-12-05', 10000],
      ['b', '2024-12-05', -5000],
    ],
    '0.75',
  ],
  [
    'an account that left keeps nothing',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 30000],
      ['a', '2024-12-05', -10000],
    ],
    '0.75',
  ],
  [
    'new accounts do not count',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2024-12-05', 99900],
    ],
    '1',
  ],
  [
    'a loss that is regained by the end is not a loss, point to point',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-03-05', -9000],
      ['a', '2024-12-05', 9000],
    ],
    '1',
  ],
  [
    'a balance below zero from bad data counts as zero',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 10000],
      ['b', '2024-12-05', -15000],
    ],
    '0.5',
  ],
  [
    'nobody who pays at the start means no value',
    [
      ['a', '2023-01-05', 10000],
      ['a', '2023-02-05', -10000],
    ],
    'NO_OPENING_MRR',
  ],
  [
    'a window that opens before the first revenue means not enough history',
    [['a', '2024-11-05', 10000]],
    'NOT_ENOUGH_HISTORY',
  ],
]

describe('grr', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('grr', changes, asked)).toBe(expected)
  })
})
