import { expect, it } from 'vitest'
import { monthOf } from '../../facts/month.ts'
import { everyAccount } from '../../facts/scope.ts'
import { aStore, type Change, NOW } from '../../facts/testing/a-store.ts'
import { explain } from '../explain.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'
import { plainGained, plainSpend } from '../testing/plain-spend.ts'

const gained: Change[] = [['a', '2024-12-05', 500]]

// Values of December 2024.
it.each<Case>([
  ['6000 of ARR for 3000', gained, '0.5', { spend: [['2024-12-01', 'new', 3000]] }],
  [
    'what others gain, and what is spent on them, does not count',
    [...gained, ['b', '2024-01-05', 100], ['b', '2024-12-05', 900]],
    '0.5',
    {
      spend: [
        ['2024-12-01', 'new', 3000],
        ['2024-12-01', 'expansion', 9000],
      ],
    },
  ],
  [
    'a category is shared out: 750 of 1000',
    gained,
    '0.125',
    { spend: [['2024-12-01', 'marketing', 1000]], costs: { expansionShare: { marketing: '0.25' } } },
  ],
  ['a category that nobody allocated does not count', gained, 'NO_SPEND', { spend: [['2024-12-01', 'rent', 1000]] }],
  [
    'with a lag of two months, spend of October',
    gained,
    '0.2',
    {
      spend: [
        ['2024-10-01', 'new', 1200],
        ['2024-12-01', 'new', 3000],
      ],
      costs: { lag: 2 },
    },
  ],
  [
    'a quarter is its sums: 3600 for 7200, not the mean of months',
    [
      ['b', '2024-11-05', 100],
      ['a', '2024-12-05', 500],
    ],
    '0.5',
    {
      months: 3,
      spend: [
        ['2024-10-01', 'new', 600],
        ['2024-12-01', 'new', 3000],
      ],
    },
  ],
  [
    'spend of another currency at the close of its month',
    gained,
    '0.75',
    {
      spend: [['2024-12-01', 'new', 3000, 'EUR']],
      rates: [{ currency: 'EUR', day: '2024-12-31', rate: '1.5', per: '1' }],
    },
  ],
  ['a rate is missing', gained, 'NO_RATE', { spend: [['2024-12-01', 'new', 3000, 'EUR']] }],
  ['nothing was spent', gained, 'NO_SPEND'],
  ['nothing was gained', [['a', '2024-02-05', 500]], 'NO_EXPANSION', { spend: [['2024-12-01', 'new', 3000]] }],
  [
    'a part of the accounts has no spend of its own',
    [...gained, ['c', '2024-12-05', 5]],
    'NO_SPEND',
    { spend: [['2024-12-01', 'new', 3000]], where: { accountIds: ['a'] } },
  ],
  [
    'nor has a plan',
    [...gained, ['c', '2024-02-05', 5, { plan: 'chat-basic' }]],
    'NO_SPEND',
    { spend: [['2024-12-01', 'new', 3000]], where: { planId: ['core-basic'] } },
  ],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('newCacRatio', changes, asked)).toBe(expected)
})

it('lists months of spend beside the accounts that gained', () => {
  const store = aStore({ changes: gained, spend: [['2024-12-01', 'new', 3000]] })
  const query = { scope: everyAccount(store), now: NOW, at: monthOf('2024-12-01'), key: 'newCacRatio' } as const
  const { entries, inputs, difference, accounts } = explain(store, query)
  expect(inputs.map(({ value }) => value)).toEqual(['30.00', '5.00'])
  expect(entries.items.map(({ account, name, amounts }) => [account?.id ?? name, amounts])).toEqual([
    ['2024-12 new', [3000n, 0n]],
    ['a', [0n, 500n]],
  ])
  expect([difference, accounts]).toEqual([0n, 1])
})

it('equals the plain definition', () => {
  equalsPlain((question) => {
    const gain = plainGained(question, 'NEW') * 12
    return { newCacRatio: [plainSpend(question, 'new'), gain] }
  })
})
