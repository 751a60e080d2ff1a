import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'growth of paying accounts over the opening',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 2000],
    ],
    '0.2',
  ],
  [
    'new accounts do not count',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-12-05', 5000],
    ],
    '0',
  ],
  [
    'accounts that come back do not count',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-01-05', 5000],
      ['b', '2024-02-05', -5000],
      ['b', '2024-12-05', 5000],
    ],
    '0',
  ],
  [
    'a second subscription of a paying account is expansion',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 5000, { plan: 'chat-basic' }],
    ],
    '0.5',
  ],
  [
    'a year adds the monthly growth over what it opened with',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-11-05', 1000],
      ['a', '2024-12-05', 1000],
    ],
    '0.2',
    { months: 12 },
  ],
  ['without an opening there is no rate', [['a', '2024-12-05', 10000]], 'NO_OPENING_MRR'],
]

describe('expansionRate', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('expansionRate', changes, asked)).toBe(expected)
  })
})
