import { expect, it } from 'vitest'
import { naiveAccounts, naiveSlice } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const free = (id: string, signedUpOn = '2023-11-05') => ({ id, signedUpOn })

// Values of December 2024 over twelve months.
it.each<Case>([
  ['one of two that were free pays now', [['a', '2024-05-05', 100]], '0.5', { accounts: [free('a'), free('b')] }],
  [
    'a trial is free, whenever it signed up',
    [['a', '2024-05-05', 100]],
    '1',
    {
      outlook: [
        ['a', '2023-12-01', 100, { kind: 'TRIAL' }],
        ['a', '2024-05-05', -100, { kind: 'TRIAL' }],
      ],
    },
  ],
  [
    'what is agreed and not in effect is no trial',
    [['a', '2024-05-05', 100]],
    'TOO_FEW_ACCOUNTS',
    {
      outlook: [
        ['a', '2023-12-01', 100],
        ['a', '2024-05-05', -100],
      ],
      accounts: [{ id: 'old' }],
    },
  ],
  [
    'who signed up later does not count',
    [
      ['a', '2024-05-05', 100],
      ['late', '2024-06-05', 100],
    ],
    '0.5',
    { accounts: [free('a'), free('b'), free('late', '2024-01-01')] },
  ],
  [
    'who signed up in the month of the start does',
    [['a', '2024-05-05', 100]],
    '1',
    { accounts: [free('a', '2023-12-31')] },
  ],
  [
    'who had paid before does not: it came back',
    [
      ['a', '2023-02-05', 100],
      ['a', '2023-03-05', -100],
      ['a', '2024-05-05', 100],
    ],
    '0',
    { accounts: [free('a', '2023-01-05'), free('b')] },
  ],
  [
    'who paid and left again is not converted',
    [
      ['a', '2024-05-05', 100],
      ['a', '2024-06-05', -100],
    ],
    '0',
    { accounts: [free('a')] },
  ],
  [
    'over three months, from September',
    [['a', '2024-05-05', 100]],
    '0',
    { window: 3, accounts: [free('a'), free('b')] },
  ],
  [
    'who first pays at the start was not free then',
    [['a', '2023-12-05', 100]],
    'TOO_FEW_ACCOUNTS',
    { accounts: [free('a')] },
  ],
  ['nobody was free', [['a', '2023-05-05', 100]], 'TOO_FEW_ACCOUNTS', { accounts: [free('a')] }],
  ['before anything is known', [['a', '2024-05-05', 100]], 'NOT_ENOUGH_HISTORY'],
])('%s', (_title, changes, expected, asked) => {
  // Somebody pays all along, so that there is a history.
  const more = expected === 'NOT_ENOUGH_HISTORY' ? [] : [['payer', '2022-01-05', 100] as const]
  expect(answer('freeToPaid', [...changes, ...more], asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end, window }) => {
    let [converted, free] = [0, 0]
    for (const account of naiveAccounts(ledger, scope, where)) {
      const { slice } = naiveSlice(ledger, account, where)
      const paid = (month: number) =>
        slice.filter((row) => row.month <= month).reduce((sum, row) => sum + Number(row.amountMinor), 0)
      const opening = end - 1 - window
      const signedUp = account.signedUpOn ?? null
      if (signedUp === null) continue
      const [year, month] = signedUp.split('-').map(Number) as [number, number]
      if (year * 12 + month - 1 > opening) continue
      if (slice.some((row) => row.month <= opening && paid(row.month) > 0)) continue
      free += 1
      if (paid(end - 1) > 0) converted += 1
    }
    return { freeToPaid: [converted, free] }
  })
})
