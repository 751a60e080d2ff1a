import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const paying: Case[1] = [['a', '2023-12-05', 10000]]
const cases: Case[] = [
  ['MRR, where nothing is agreed', paying, '100.00'],
  [
    'a cancellation agreed for later is out already',
    paying,
    '0.00',
    {
      outlook: [
        ['a', '2024-11-05', -10000],
        ['a', '2025-06-30', 10000],
      ],
    },
  ],
  [
    'one that was taken back is in again',
    paying,
    '100.00',
    {
      outlook: [
        ['a', '2024-10-05', -10000],
        ['a', '2024-11-05', 10000],
      ],
    },
  ],
  [
    'what is signed and not started is in, of an account that pays nothing too',
    paying,
    '150.00',
    { outlook: [['b', '2024-12-31', 5000]] },
  ],
  ['what is agreed after the close is not', paying, '100.00', { outlook: [['a', '2025-01-01', -10000]] }],
  ['trials are not', paying, '100.00', { outlook: [['b', '2024-12-01', 5000, { kind: 'TRIAL' }]] }],
  [
    'by plan it is that plan',
    paying,
    '30.00',
    { outlook: [['b', '2024-12-01', 3000, { plan: 'chat-basic' }]], where: { planId: ['chat-basic'] } },
  ],
  [
    'another currency without a rate means no value',
    paying,
    'NO_RATE',
    { outlook: [['b', '2024-12-01', 5000, { currency: 'EUR' }]] },
  ],
]

describe('committedMrr', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('committedMrr', changes, asked)).toBe(expected)
  })
})
