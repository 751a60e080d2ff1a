import { expect, it } from 'vitest'
import { naiveAccounts, naiveSlice } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

// Values of December 2024.
it.each<Case>([
  [
    'three seats became fifty',
    [
      ['a', '2024-01-05', 300, { seats: 3 }],
      ['a', '2024-06-05', 4700, { seats: 47 }],
    ],
    '16.666666666667',
  ],
  [
    'two accounts: 50 and 10 of 3 and 7',
    [
      ['a', '2024-01-05', 300, { seats: 3 }],
      ['a', '2024-06-05', 4700, { seats: 47 }],
      ['b', '2024-12-05', 700, { seats: 7 }],
      ['b', '2024-12-09', 300, { seats: 3 }],
    ],
    '4.615384615385',
  ],
  [
    'who has left does not count',
    [
      ['a', '2024-01-05', 300, { seats: 3 }],
      ['a', '2024-02-05', 300, { seats: 3 }],
      ['left', '2024-01-05', 300, { seats: 9 }],
      ['left', '2024-03-05', -300, { seats: -9 }],
    ],
    '2',
  ],
  [
    'who came back counts from where it landed first',
    [
      ['back', '2024-01-05', 300, { seats: 2 }],
      ['back', '2024-03-05', -300, { seats: -2 }],
      ['back', '2024-06-05', 900, { seats: 8 }],
    ],
    '4',
  ],
  [
    'seats of a trial are not landed with',
    [
      ['a', '2024-01-05', 0, { seats: 5 }],
      ['a', '2024-04-05', 1000, { seats: 5 }],
      ['a', '2024-06-05', 1000, { seats: 10 }],
    ],
    '2',
  ],
  ['no seats', [['a', '2024-01-05', 300]], 'NO_SEATS'],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('landAndExpand', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end }) => {
    let [now, landed] = [0, 0]
    for (const account of naiveAccounts(ledger, scope, where)) {
      const { slice } = naiveSlice(ledger, account, where)
      const total = (of: (row: (typeof slice)[number]) => number, month: number) =>
        slice.filter((row) => row.month <= month).reduce((sum, row) => sum + of(row), 0)
      const months = slice
        .map(({ month }) => month)
        .filter((month) => total((row) => Number(row.amountMinor), month) > 0)
      const first = Math.min(...months)
      const seats = total((row) => row.seats, first)
      if (first >= end || seats === 0 || total((row) => Number(row.amountMinor), end - 1) === 0) continue
      landed += seats
      now += total((row) => row.seats, end - 1)
    }
    return { landAndExpand: [now, landed] }
  })
})
