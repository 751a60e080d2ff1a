import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'purchased seats at the close',
    [
      ['a', '2023-12-05', 10000, { seats: 3 }],
      ['a', '2024-12-05', 40000, { seats: 47 }],
    ],
    '50',
  ],
  [
    'seats given up are gone',
    [
      ['a', '2023-12-05', 10000, { seats: 30 }],
      ['a', '2024-12-05', -4000, { seats: -10 }],
    ],
    '20',
  ],
  [
    'by plan it is the seats of the plan',
    [
      ['a', '2023-12-05', 10000, { seats: 3, plan: 'core-basic' }],
      ['a', '2023-12-05', 1, { seats: 9, plan: 'chat-basic' }],
    ],
    '9',
    { where: { planId: ['chat-basic'] } },
  ],
  [
    'several currencies do not matter to a count',
    [
      ['a', '2023-12-05', 1, { seats: 3 }],
      ['b', '2023-12-05', 1, { seats: 4, currency: 'EUR' }],
    ],
    '7',
  ],
]

describe('seats', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('seats', changes, asked)).toBe(expected)
  })
})
