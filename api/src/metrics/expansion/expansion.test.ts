import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'the rise of an account that paid at the start of the month',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 2500],
    ],
    '25.00',
  ],
  [
    'rises and falls of one account in a month are netted',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 2500],
      ['a', '2024-12-25', -2000],
    ],
    '5.00',
  ],
  [
    'rises and falls of different months are not',
    [
      ['a', '2024-10-05', 10000],
      ['a', '2024-11-05', 2500],
      ['a', '2024-12-05', -2500],
    ],
    '25.00',
    { months: 3 },
  ],
  [
    'rises and falls of different accounts are not',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-11-05', 10000],
      ['a', '2024-12-05', 2500],
      ['b', '2024-12-05', -2500],
    ],
    '25.00',
  ],
  ['a first payment is not expansion', [['a', '2024-12-05', 10000]], '0.00'],
  [
    'a balance below zero from bad data is zero: what follows is not expansion',
    [
      ['a', '2024-11-05', -5000],
      ['a', '2024-12-05', 8000],
    ],
    '0.00',
  ],
  [
    'by plan it is the part of the plan, in accounts that grew as a whole',
    [
      ['a', '2024-11-05', 10000, { plan: 'core-basic' }],
      ['a', '2024-12-05', -10000, { plan: 'core-basic' }],
      ['a', '2024-12-05', 18000, { plan: 'core-pro' }],
    ],
    '180.00',
    { where: { planId: ['core-pro'] } },
  ],
]

describe('expansion', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('expansion', changes, asked)).toBe(expected)
  })
})
