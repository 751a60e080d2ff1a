import { expect, it } from 'vitest'
import type { Change, Told } from '../../facts/testing/a-store.ts'
import { naiveAccounts, naiveSlice } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const feature = (account: string, name: string, day = '2024-05-05', held = 1): Told => [
  account,
  day,
  'FEATURE',
  name,
  held,
]
const two: Change[] = [
  ['a', '2024-01-05', 100],
  ['b', '2024-01-05', 100],
]

// Values of December 2024.
it.each<Case>([
  [
    'three and one: two each',
    two,
    '2',
    { told: [feature('a', 'x'), feature('a', 'y'), feature('a', 'z'), feature('b', 'x')] },
  ],
  ['who told of none does not count', two, '2', { told: [feature('a', 'x'), feature('a', 'y')] }],
  [
    'one that was given up is not in use, but known',
    two,
    '0.5',
    { told: [feature('a', 'x'), feature('b', 'x'), feature('b', 'x', '2024-08-05', 0)] },
  ],
  [
    'taken up again it counts once',
    two,
    '1',
    { told: [feature('a', 'x'), feature('a', 'x', '2024-08-05', 0), feature('a', 'x', '2024-09-05')] },
  ],
  [
    'of a month the last word counts',
    two,
    '1',
    { told: [feature('a', 'x', '2024-12-20'), feature('a', 'x', '2024-12-05', 0)] },
  ],
  ['not before it is told', two, '1', { at: '2024-05-01', told: [feature('a', 'x'), feature('a', 'y', '2024-06-01')] }],
  ['integrations are no features', two, 'NO_USAGE', { told: [['a', '2024-05-05', 'INTEGRATION', 'x', 1]] }],
  [
    'who does not pay does not count',
    [
      ['a', '2024-01-05', 100],
      ['b', '2024-01-05', 0],
    ],
    '1',
    { told: [feature('a', 'x'), feature('b', 'x'), feature('b', 'y')] },
  ],
  ['nobody told', two, 'NO_USAGE'],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('breadth', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end }) => {
    let [features, accounts] = [0, 0]
    for (const account of naiveAccounts(ledger, scope, where)) {
      const rows = naiveSlice(ledger, account, where).slice.filter(({ month }) => month < end)
      if (rows.reduce((sum, row) => sum + Number(row.amountMinor), 0) <= 0) continue
      const told = (ledger.observed ?? [])
        .filter((row) => row.accountId === account.id && row.kind === 'FEATURE' && row.month < end)
        .sort((a, b) => a.month - b.month || a.day - b.day)
      if (told.length === 0) continue
      accounts += 1
      for (const name of ['x', 'y', 'z'])
        if (told.filter((row) => row.name === name).at(-1)?.amount === 1) features += 1
    }
    return { breadth: [features, accounts] }
  })
})
