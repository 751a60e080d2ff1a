import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'an account that grows counts with what it pays now',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-12-05', 2400],
    ],
    '1.24',
  ],
  [
    'an account that shrinks counts with what is left',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-12-05', -2500],
    ],
    '0.75',
  ],
  [
    'an account that left counts as nothing',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 10000],
      ['b', '2024-12-05', -10000],
    ],
    '0.5',
  ],
  [
    'new accounts do not count',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2024-12-05', 99900],
    ],
    '1',
  ],
  [
    'an account that left and came back inside the window counts at what it pays now',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-03-05', -10000],
      ['a', '2024-12-05', 12000],
    ],
    '1.2',
  ],
  [
    'an account at zero at the start never counts, even if it paid before',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-01-05', 5000],
      ['b', '2023-06-05', -5000],
      ['b', '2024-12-05', 5000],
    ],
    '1',
  ],
  [
    'a third is given to twelve decimals',
    [
      ['a', '2023-12-05', 3],
      ['a', '2024-12-05', -2],
    ],
    '0.333333333333',
  ],
  [
    'two thirds are rounded',
    [
      ['a', '2023-12-05', 3],
      ['a', '2024-12-05', -1],
    ],
    '0.666666666667',
  ],
  [
    'a change in the month that opens the window belongs to the opening',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2023-12-31', 10000],
    ],
    '1',
  ],
  [
    'nobody who pays at the start means no value',
    [
      ['a', '2023-01-05', 10000],
      ['a', '2023-02-05', -10000],
      ['b', '2024-12-05', 5000],
    ],
    'NO_OPENING_MRR',
  ],
  [
    'a window that opens before the first revenue means not enough history',
    [['a', '2024-11-05', 10000]],
    'NOT_ENOUGH_HISTORY',
  ],
  [
    'one month looks one month back',
    [
      ['a', '2024-11-05', 10000],
      ['a', '2024-12-05', 5000],
    ],
    '1.5',
    { window: 1 },
  ],
  [
    'three months look three months back',
    [
      ['a', '2024-09-05', 10000],
      ['a', '2024-12-05', 5000],
    ],
    '1.5',
    { window: 3 },
  ],
  [
    'a quarter is point to point at its end, not a sum of months',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-10-05', 5000],
      ['a', '2024-11-05', 5000],
    ],
    '2',
    { months: 3 },
  ],
  [
    'by plan it takes who held the plan at the start, and all they pay for its product at the end',
    [
      ['a', '2023-12-05', 10000, { plan: 'core-basic' }],
      ['a', '2024-12-05', -10000, { plan: 'core-basic' }],
      ['a', '2024-12-05', 18000, { plan: 'core-pro' }],
      ['a', '2024-12-05', 500, { plan: 'chat-pro' }],
      ['b', '2023-12-05', 7000, { plan: 'core-pro' }],
    ],
    '1.8',
    { where: { planId: ['core-basic'] } },
  ],
  [
    'by region it takes the MRR of the region at both ends',
    [
      ['a', '2023-12-05', 10000, { region: 'EU' }],
      ['a', '2024-12-05', 2000, { region: 'EU' }],
      ['a', '2024-12-05', 9000, { region: 'US' }],
    ],
    '1.2',
    { where: { region: ['EU'] } },
  ],
  [
    'another currency without a rate means no value',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 10000, { currency: 'EUR' }],
    ],
    'NO_RATE',
  ],
]

describe('nrr', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('nrr', changes, asked)).toBe(expected)
  })
})
