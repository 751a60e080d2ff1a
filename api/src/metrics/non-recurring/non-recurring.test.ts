import { expect, it } from 'vitest'
import { naiveAccounts } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

// Values of December 2024.
it.each<Case>([
  [
    'charges of the month',
    [],
    '75.00',
    {
      told: [
        ['a', '2024-12-05', 'CHARGE', '', 5000],
        ['b', '2024-12-31', 'CHARGE', '', 2500],
      ],
    },
  ],
  ['not those before', [], '0.00', { told: [['a', '2024-11-30', 'CHARGE', '', 5000]] }],
  [
    'a quarter is the sum of its months',
    [],
    '75.00',
    {
      months: 3,
      told: [
        ['a', '2024-10-05', 'CHARGE', '', 5000],
        ['a', '2024-12-31', 'CHARGE', '', 2500],
      ],
    },
  ],
  [
    'what is taken back lowers it',
    [],
    '20.00',
    {
      told: [
        ['a', '2024-12-05', 'CHARGE', '', 5000],
        ['b', '2024-12-31', 'CHARGE', '', -3000],
      ],
    },
  ],
  ['MRR is not part of it', [['a', '2024-12-05', 9900]], '0.00'],
  [
    'it is of no plan',
    [
      ['a', '2024-12-05', 9900],
      ['a', '2024-12-05', 5, { plan: 'chat-basic' }],
    ],
    '0.00',
    { where: { planId: ['core-basic'] }, told: [['a', '2024-12-05', 'CHARGE', '', 5000]] },
  ],
  [
    'another currency at the close of its month: half a cent goes to the even one',
    [],
    '0.02',
    {
      told: [['a', '2024-12-05', 'CHARGE', 'EUR', 1]],
      rates: [{ currency: 'EUR', day: '2024-12-31', rate: '1.5', per: '1' }],
    },
  ],
  ['a rate is missing', [], 'NO_RATE', { told: [['a', '2024-12-05', 'CHARGE', 'EUR', 1]] }],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('nonRecurring', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, start, end }) => {
    const accounts = (where.planId ?? where.productId) ? [] : naiveAccounts(ledger, scope, where)
    const own = accounts.filter(({ region }) => !where.region || where.region.includes(region ?? ''))
    const charges = (ledger.observed ?? []).filter(
      (row) =>
        row.kind === 'CHARGE' && row.month >= start && row.month < end && own.some(({ id }) => id === row.accountId),
    )
    return { nonRecurring: [charges.reduce((sum, { amount }) => sum + Number(amount), 0)] }
  })
})
