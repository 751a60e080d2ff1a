import { expect, it } from 'vitest'
import { monthOf } from '../../facts/month.ts'
import { naiveAccounts, naiveSlice } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const reported = (accountId: string, month: string, quantity: number, metric = 'active_seats') =>
  ({ accountId, month: monthOf(month), metric: metric as 'active_seats', quantity }) as const

// Values of December 2024.
it.each<Case>([
  ['30 of 40 seats', [['a', '2024-01-05', 100, { seats: 40 }]], '0.75', { usage: [reported('a', '2024-12-01', 30)] }],
  [
    'the last report of the month counts',
    [['a', '2024-01-05', 100, { seats: 40 }]],
    '0.5',
    { usage: [reported('a', '2024-12-01', 30), reported('a', '2024-12-01', 20)] },
  ],
  [
    'who reported nothing stands neither above nor below: 30 of 40, not of 100',
    [
      ['a', '2024-01-05', 100, { seats: 40 }],
      ['silent', '2024-01-05', 100, { seats: 60 }],
    ],
    '0.75',
    { usage: [reported('a', '2024-12-01', 30), reported('silent', '2024-11-01', 1)] },
  ],
  [
    'users of an account without seats do not count',
    [
      ['a', '2024-01-05', 100, { seats: 40 }],
      ['trial', '2024-01-05', 0],
    ],
    '0.75',
    { usage: [reported('a', '2024-12-01', 30), reported('trial', '2024-12-01', 9)] },
  ],
  [
    'a quarter is its last month',
    [['a', '2024-01-05', 100, { seats: 40 }]],
    '0.25',
    { months: 3, usage: [reported('a', '2024-10-01', 40), reported('a', '2024-12-01', 10)] },
  ],
  ['nobody reported', [['a', '2024-01-05', 100, { seats: 40 }]], 'NO_USAGE'],
  [
    'the other measure says nothing of this one',
    [['a', '2024-01-05', 100, { seats: 40 }]],
    'NO_USAGE',
    { usage: [reported('a', '2024-12-01', 30, 'assigned_seats')] },
  ],
  [
    'a plan has no reports of its own',
    [
      ['a', '2024-01-05', 100, { seats: 40 }],
      ['a', '2024-01-05', 100, { plan: 'core-pro' }],
    ],
    'NO_USAGE',
    { usage: [reported('a', '2024-12-01', 30)], where: { planId: ['core-basic'] } },
  ],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('seatUtilisation', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end }) => {
    let [used, purchased] = [0, 0]
    const isOfItems = where.region ?? where.planId ?? where.productId
    for (const account of isOfItems ? [] : naiveAccounts(ledger, scope, where)) {
      const rows = naiveSlice(ledger, account, where).slice.filter(({ month }) => month < end)
      const seats = rows.reduce((sum, row) => sum + row.seats, 0)
      const reports = (ledger.usage ?? []).filter(
        (row) => row.accountId === account.id && row.month === end - 1 && row.metric === 'active_seats',
      )
      const last = reports.at(-1)
      if (seats === 0 || !last) continue
      used += last.quantity
      purchased += seats
    }
    return { seatUtilisation: [used, purchased] }
  })
})
