import { expect, it } from 'vitest'
import { monthOf } from '../../facts/month.ts'
import { everyAccount } from '../../facts/scope.ts'
import { aStore, type Change, NOW } from '../../facts/testing/a-store.ts'
import { naiveLevelOf } from '../../facts/testing/naive.ts'
import { explain } from '../explain.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const old: Change = ['old', '2023-12-05', 300]
const started: Change = ['started', '2024-03-05', 100]

// Values of December 2024 over twelve months: who had first paid by the close of December 2023?
it.each<Case>([
  ['an account of then against one that started since: 300 of 400', [old, started], '0.75'],
  [
    'growth of the old account counts as existing: 500 of 600',
    [old, started, ['old', '2024-06-05', 200]],
    '0.833333333333',
  ],
  ['an old account that left counts for nothing', [old, started, ['old', '2024-06-05', -300]], '0'],
  [
    'an account that paid before, not at the start, and is back counts as existing: 350 of 450',
    [old, started, ['back', '2023-02-05', 20], ['back', '2023-05-05', -20], ['back', '2024-09-05', 50]],
    '0.777777777778',
  ],
  ['an account first paid on the last day of the month of the start counts', [['edge', '2023-12-31', 100]], '1'],
  [
    'an account that was only a trial then does not',
    [old, ['tried', '2023-11-05', 0], ['tried', '2024-02-05', 300]],
    '0.5',
  ],
  ['nobody had paid by then: nothing is known of it', [started], 'NOT_ENOUGH_HISTORY'],
  ['nobody pays at the end', [old, ['old', '2024-12-05', -300]], 'NO_PAYING_ACCOUNTS'],
  ['over three months, March counts as existing', [old, started], '1', { window: 3 }],
  [
    'by region: what was first paid there',
    [
      ['eu', '2023-12-05', 300, { region: 'EU' }],
      ['eu', '2024-12-05', 100, { region: 'US' }],
      ['us', '2023-12-05', 60, { region: 'US' }],
    ],
    '0.375',
    { where: { region: ['US'] } },
  ],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('existingRevenueShare', changes, asked)).toBe(expected)
})

it('lists everyone that pays at the end, and lands on what the existing ones pay', () => {
  const store = aStore({ changes: [old, started, ['left', '2023-12-05', 70], ['left', '2024-02-05', -70]] })
  const query = {
    scope: everyAccount(store),
    now: NOW,
    at: monthOf('2024-12-01'),
    key: 'existingRevenueShare',
  } as const
  const { spans, difference, sentence } = explain(store, query)
  expect(spans.items.map((span) => [span.account.id, span.closing, span.change, span.runningTotal])).toEqual([
    ['old', 300n, 300n, 300n],
    ['started', 100n, 0n, 300n],
  ])
  expect([difference, spans.total]).toEqual([0n, 2])
  expect(sentence.en).toBe(
    'Of the $4 a month paid at the end of December 2024, $3 came from accounts that had first paid by the end of December 2023: 75%.',
  )
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end, window }) => {
    const levels = (month: number) => naiveLevelOf(ledger, scope, where, month)
    const paidBy = new Set<string>()
    for (let month = Math.min(...ledger.changes.map((row) => row.month), end); month < end - window; month += 1)
      for (const [account, level] of levels(month)) if (level > 0) paidBy.add(account)
    const closing = [...levels(end - 1)]
    const sum = (of: typeof closing) => of.reduce((total, [, level]) => total + level, 0)
    return { existingRevenueShare: [sum(closing.filter(([account]) => paidBy.has(account))), sum(closing)] }
  })
})
