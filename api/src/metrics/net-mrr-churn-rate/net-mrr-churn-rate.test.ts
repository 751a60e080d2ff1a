import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'loss less growth over the opening',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-11-05', 10000],
      ['a', '2024-12-05', -10000],
      ['b', '2024-12-05', 4000],
    ],
    '0.3',
  ],
  [
    'more growth than loss is negative',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 4000],
    ],
    '-0.4',
  ],
  [
    'new accounts do not count',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-12-05', 4000],
    ],
    '0',
  ],
  ['without an opening there is no rate', [['a', '2024-12-05', 10000]], 'NO_OPENING_MRR'],
]

describe('netMrrChurnRate', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('netMrrChurnRate', changes, asked)).toBe(expected)
  })
})
