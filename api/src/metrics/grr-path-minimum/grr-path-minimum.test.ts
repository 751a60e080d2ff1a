import { expect, it } from 'vitest'
import { monthOf } from '../../facts/month.ts'
import { everyAccount } from '../../facts/scope.ts'
import { aStore, type Change, NOW } from '../../facts/testing/a-store.ts'
import { naiveSpans } from '../../facts/testing/naive.ts'
import { explain } from '../explain.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const stays: Change = ['stays', '2023-12-05', 100]
const dips: Change[] = [
  ['dips', '2023-12-05', 100],
  ['dips', '2024-05-05', -60],
  ['dips', '2024-08-05', 90],
]

// Values of December 2024 over twelve months.
it.each<Case>([
  ['what stays is kept', [stays], '1'],
  ['growth never counts', [stays, ['stays', '2024-06-05', 500]], '1'],
  ['what is lost and won back stays lost: 100 and 40 of 200, though GRR is 1', [stays, ...dips], '0.7'],
  [
    'leaving for a while is a loss of all of it',
    [stays, ['gone', '2023-12-05', 100], ['gone', '2024-03-05', -100], ['gone', '2024-06-05', 100]],
    '0.5',
  ],
  [
    'a dip that is over before the month ends is not seen',
    [
      ['brief', '2023-12-05', 100],
      ['brief', '2024-05-05', -60],
      ['brief', '2024-05-20', 60],
    ],
    '1',
  ],
  [
    'a dip before the start does not count',
    [
      ['early', '2023-06-05', 100],
      ['early', '2023-09-05', -90],
      ['early', '2023-12-05', 90],
    ],
    '1',
  ],
  [
    'growth and loss after it: never below the opening',
    [stays, ['stays', '2024-03-05', 200], ['stays', '2024-09-05', -150]],
    '1',
  ],
  ['new accounts do not count', [stays, ['new', '2024-02-05', 100], ['new', '2024-04-05', -90]], '1'],
  ['over one month it is GRR', dips, '1', { window: 1 }],
  ['over three months to July, the loss of May', dips, '0.4', { window: 3, at: '2024-07-01' }],
  ['no base', [['late', '2024-12-05', 100]], 'NOT_ENOUGH_HISTORY'],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('grrPathMinimum', changes, asked)).toBe(expected)
})

it('is at most GRR', () => {
  expect(Number(answer('grrPathMinimum', [stays, ...dips]))).toBeLessThan(Number(answer('grr', [stays, ...dips])))
})

it('lists what each account lost at its lowest, and lands on the loss', () => {
  const store = aStore({ changes: [stays, ...dips] })
  const query = { scope: everyAccount(store), now: NOW, at: monthOf('2024-12-01'), key: 'grrPathMinimum' } as const
  const { spans, value, difference, sentence } = explain(store, query)
  expect(
    spans.items.map((span) => [span.account.id, span.opening, span.closing, span.change, span.runningTotal]),
  ).toEqual([
    ['dips', 100n, 130n, -60n, -60n],
    ['stays', 100n, 100n, 0n, -60n],
  ])
  expect([value.numerator?.minor, value.denominator?.minor, difference]).toEqual([140n, 200n, 0n])
  expect(sentence.en).toBe(
    '2 accounts paid $2 a month at the end of December 2023; $1.40 of it was never lost up to the end of December 2024: 70%.',
  )
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end, window }) => {
    const opening = end - 1 - window
    const least = new Map<string, number>()
    for (let month = opening; month < end; month += 1)
      for (const { account, closing } of naiveSpans(ledger, scope, where, opening, month).spans)
        least.set(account, Math.min(least.get(account) ?? closing, closing))
    const lowest = [...least.values()].reduce((sum, one) => sum + one, 0)
    return { grrPathMinimum: [lowest, naiveSpans(ledger, scope, where, opening, end - 1).opening] }
  })
})
