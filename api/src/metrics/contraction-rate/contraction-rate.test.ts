import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'shrinkage over the opening',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -2000],
    ],
    '0.2',
  ],
  [
    'an account that leaves is churn, not contraction',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', -10000],
    ],
    '0',
  ],
  [
    'cancelling one of several subscriptions is contraction',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-11-05', 5000, { plan: 'chat-basic' }],
      ['a', '2024-12-05', -5000, { plan: 'chat-basic' }],
    ],
    '0.333333333333',
  ],
  ['without an opening there is no rate', [['a', '2024-12-05', 10000]], 'NO_OPENING_MRR'],
]

describe('contractionRate', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('contractionRate', changes, asked)).toBe(expected)
  })
})
