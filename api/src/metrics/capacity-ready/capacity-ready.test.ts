import { expect, it } from 'vitest'
import type { Told } from '../../facts/testing/a-store.ts'
import { naiveAccounts } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const limit = (amount: number, day = '2024-01-01', name = 'calls', account = 'a'): Told => [
  account,
  day,
  'LIMIT',
  name,
  amount,
]
const use = (month: string, amount: number, name = 'calls', account = 'a'): Told => [
  account,
  `2024-${month}-28`,
  'USE',
  name,
  amount,
]

// Values of December 2024.
it.each<Case>([
  ['two of three months at 80 %', [], '1', { told: [limit(100), use('10', 80), use('11', 10), use('12', 80)] }],
  ['one of three is not enough', [], '0', { told: [limit(100), use('10', 79), use('11', 10), use('12', 80)] }],
  ['not known is not near', [], '0', { told: [limit(100), use('09', 99), use('12', 99)] }],
  [
    'a limit that rises gives room again',
    [],
    '0',
    { told: [limit(100), limit(1000, '2024-11-15'), use('10', 99), use('11', 99), use('12', 99)] },
  ],
  [
    'near one of two limits is enough',
    [],
    '1',
    {
      told: [limit(100), limit(100, '2024-01-01', 'rows'), use('12', 1), use('11', 90, 'rows'), use('12', 90, 'rows')],
    },
  ],
  [
    'but twice the same one',
    [],
    '0',
    { told: [limit(100), limit(100, '2024-01-01', 'rows'), use('11', 90), use('12', 1), use('12', 90, 'rows')] },
  ],
  [
    'of seats, the purchased ones: 8 of 10 since November',
    [['a', '2024-11-05', 100, { seats: 8 }]],
    '1',
    { told: [limit(10, '2024-01-01', 'seats')] },
  ],
  [
    'who has no limit does not count',
    [],
    '0.5',
    {
      told: [
        limit(100),
        use('11', 90),
        use('12', 90),
        limit(100, '2024-01-01', 'calls', 'b'),
        use('12', 1, 'calls', 'b'),
        use('12', 99, 'calls', 'c'),
      ],
    },
  ],
  ['a limit of nothing is none', [], 'NO_LIMIT', { told: [limit(0), use('11', 90), use('12', 90)] }],
  ['no use is known', [], 'NO_LIMIT', { told: [limit(100)] }],
  [
    'a plan has none',
    [['a', '2024-01-05', 5]],
    'NO_LIMIT',
    { told: [limit(100), use('11', 90), use('12', 90)], where: { planId: ['x'] } },
  ],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('capacityReady', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end }) => {
    let [ready, limited] = [0, 0]
    for (const { id } of where.region || where.planId || where.productId ? [] : naiveAccounts(ledger, scope, where)) {
      const rows = (ledger.observed ?? []).filter(({ accountId }) => accountId === id)
      const share = (name: string, month: number) => {
        const limits = rows.filter((row) => row.kind === 'LIMIT' && row.name === name && row.month <= month)
        const last = limits.sort((a, b) => a.month - b.month || a.day - b.day).at(-1)
        const seats = ledger.changes.filter((row) => row.accountId === id && row.month <= month)
        const purchased = seats.reduce((sum, row) => sum + row.seats, 0)
        const measured = rows.find((row) => row.kind === 'USE' && row.name === name && row.month === month)
        const used = name === 'seats' ? purchased || undefined : measured?.amount
        return !last || Number(last.amount) === 0 || used === undefined ? null : Number(used) / Number(last.amount)
      }
      const shares = ['seats', 'calls'].map((name) => [3, 2, 1].map((back) => share(name, end - back)))
      const known = shares.filter((one) => one[2] !== null)
      if (known.length === 0) continue
      limited += 1
      if (known.some((one) => one.filter((value) => value !== null && (value ?? 0) >= 0.8).length >= 2)) ready += 1
    }
    return { capacityReady: [ready, limited] }
  })
})
