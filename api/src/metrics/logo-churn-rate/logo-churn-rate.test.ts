import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'accounts that left over accounts at the start, whatever they paid',
    [
      ['a', '2024-11-05', 1],
      ['b', '2024-11-05', 30000],
      ['a', '2024-12-05', -1],
    ],
    '0.5',
  ],
  [
    'accounts that start in the month are not in the base',
    [
      ['a', '2024-11-05', 100],
      ['b', '2024-11-05', 100],
      ['b', '2024-12-05', -100],
      ['c', '2024-12-05', 100],
    ],
    '0.5',
  ],
  ['without accounts at the start there is no rate', [['a', '2024-12-05', 10000]], 'NO_OPENING_MRR'],
]

describe('logoChurnRate', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('logoChurnRate', changes, asked)).toBe(expected)
  })
})
