import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

/** `a` pays nothing from 10 November on, `b` goes on, with another plan. */
const paused: Case[1] = [
  ['a', '2024-10-05', 100],
  ['b', '2024-10-05', 100, { plan: 'chat-basic' }],
  ['a', '2024-11-10', -100],
]

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
  [
    'one that is open without paying has not left, and counts at the start of the next month',
    paused,
    '0',
    { logos: [['a', '2024-11-10', 1]] },
  ],
  [
    'and leaves when that ends',
    paused,
    '0.5',
    {
      logos: [
        ['a', '2024-11-10', 1],
        ['a', '2024-12-10', -1],
      ],
    },
  ],
  [
    'in the month in which it stopped paying, where it ends in that month',
    paused,
    '0.5',
    {
      at: '2024-11-01',
      logos: [
        ['a', '2024-11-10', 1],
        ['a', '2024-11-20', -1],
      ],
    },
  ],
  [
    'over months it leaves once',
    paused,
    '0.5',
    {
      months: 2,
      logos: [
        ['a', '2024-11-10', 1],
        ['a', '2024-12-10', -1],
      ],
    },
  ],
  [
    'by day as well',
    paused,
    '0.5',
    {
      months: 2,
      view: { netting: 'EVENT' },
      logos: [
        ['a', '2024-11-10', 1],
        ['a', '2024-12-10', -1],
      ],
    },
  ],
  [
    'in a slice it is open where it holds something',
    paused,
    'NO_OPENING_MRR',
    { where: { planId: ['core-basic'] }, logos: [['a', '2024-11-10', 1, { plan: 'chat-basic' }]] },
  ],
  [
    'what keeps it open may change: that is no loss, nor in a slice that it leaves so',
    paused,
    '0',
    {
      where: { accountIds: ['a'], planId: ['core-basic'] },
      logos: [
        ['a', '2024-11-10', 1],
        ['a', '2024-12-10', -1],
        ['a', '2024-12-10', 1, { plan: 'chat-basic' }],
      ],
    },
  ],
  ['without accounts at the start there is no rate', [['a', '2024-12-05', 10000]], 'NO_OPENING_MRR'],
]

describe('logoChurnRate', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('logoChurnRate', changes, asked)).toBe(expected)
  })
})
