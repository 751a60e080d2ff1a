import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'what an account paid that now pays nothing',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -10000],
    ],
    '100.00',
  ],
  [
    'a fall that leaves something is contraction',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -9999],
    ],
    '0.00',
  ],
  [
    'an account may leave twice',
    [
      ['a', '2024-09-05', 10000],
      ['a', '2024-10-05', -10000],
      ['a', '2024-11-05', 7000],
      ['a', '2024-12-05', -7000],
    ],
    '170.00',
    { months: 3 },
  ],
]

describe('churn', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('churn', changes, asked)).toBe(expected)
  })
})
