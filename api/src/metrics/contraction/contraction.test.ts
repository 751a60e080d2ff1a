import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'the fall of an account that still pays',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -2500],
    ],
    '25.00',
  ],
  [
    'a fall to zero is churn',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -10000],
    ],
    '0.00',
  ],
]

describe('contraction', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('contraction', changes, asked)).toBe(expected)
  })
})
