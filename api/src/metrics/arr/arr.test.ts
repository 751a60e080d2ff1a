import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'twelve times the closing MRR',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2024-12-05', 2550],
    ],
    '1506.00',
  ],
  [
    'nothing paid is a rate of zero',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-11-05', -10000],
    ],
    '0.00',
  ],
]

describe('arr', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('arr', changes, asked)).toBe(expected)
  })
})
