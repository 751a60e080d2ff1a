import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    '(20 + 8) gained over (5 + 3) lost is 3.5',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-11-05', 300],
      ['c', '2024-11-05', 10000],
      ['n', '2024-12-05', 2000],
      ['a', '2024-12-05', 800],
      ['c', '2024-12-05', -500],
      ['b', '2024-12-05', -300],
    ],
    '3.5',
  ],
  [
    'accounts that come back are not a gain',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -1000],
      ['b', '2024-01-05', 5000],
      ['b', '2024-02-05', -5000],
      ['b', '2024-12-05', 5000],
    ],
    '0',
  ],
  [
    'without loss there is no ratio',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 800],
    ],
    'NO_LOSS',
  ],
]

describe('quickRatio', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('quickRatio', changes, asked)).toBe(expected)
  })
})
