import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'MRR over the accounts that pay',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 20000],
    ],
    '150',
  ],
  [
    'an account at zero does not count',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 20000],
      ['b', '2024-12-05', -20000],
    ],
    '100',
  ],
  [
    'a third of a cent is kept',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 10000],
      ['c', '2023-12-05', 10001],
    ],
    '100.003333333333',
  ],
  [
    'without paying accounts there is no average',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-12-05', -10000],
    ],
    'NO_PAYING_ACCOUNTS',
  ],
]

describe('arpa', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('arpa', changes, asked)).toBe(expected)
  })
})
