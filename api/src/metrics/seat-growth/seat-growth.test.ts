import { expect, it } from 'vitest'
import { naiveSeats } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

// Values of December 2024.
it.each<Case>([
  [
    'three seats become fifty: 47 / 3',
    [
      ['a', '2024-11-05', 300, { seats: 3 }],
      ['a', '2024-12-05', 4700, { seats: 47 }],
    ],
    '15.666666666667',
  ],
  [
    'new accounts count, and so do those that left: 10 + 6 - 10 of 10',
    [
      ['left', '2024-10-05', 100, { seats: 10 }],
      ['left', '2024-12-05', -100, { seats: -10 }],
      ['new', '2024-12-06', 60, { seats: 6 }],
    ],
    '-0.4',
  ],
  [
    'over three months: from the end of September',
    [
      ['a', '2024-09-30', 100, { seats: 10 }],
      ['a', '2024-10-01', 50, { seats: 5 }],
      ['a', '2024-12-01', 50, { seats: 5 }],
    ],
    '1',
    { months: 3 },
  ],
  [
    'by plan',
    [
      ['a', '2024-09-30', 100, { seats: 10, plan: 'core-basic' }],
      ['a', '2024-09-30', 100, { seats: 4, plan: 'chat-basic' }],
      ['a', '2024-12-01', 50, { seats: 1, plan: 'chat-basic' }],
    ],
    '0.25',
    { where: { planId: ['chat-basic'] } },
  ],
  ['no seats to compare with', [['a', '2024-12-05', 300, { seats: 3 }]], 'NO_SEATS'],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('seatGrowth', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, start, end }) => {
    const [opening, closing] = [start - 1, end - 1].map((month) => naiveSeats(ledger, scope, where, month))
    return { seatGrowth: [closing! - opening!, opening!] }
  })
})
