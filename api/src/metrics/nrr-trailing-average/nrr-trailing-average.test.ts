import { expect, it } from 'vitest'
import { monthOf } from '../../facts/month.ts'
import { everyAccount } from '../../facts/scope.ts'
import { aStore, type Change, NOW } from '../../facts/testing/a-store.ts'
import { naiveSpans } from '../../facts/testing/naive.ts'
import { explain } from '../explain.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

// Windows end in January to December 2024 and start in January to December 2023.
const steady: Change = ['steady', '2022-12-05', 100]
/** From July 2024 on at 200: six ends at 100 and six at 200. */
const grows: Change[] = [steady, ['steady', '2024-07-05', 100]]
/** Starts in July 2023, so it is at six starts and six ends of these; twice as large from October 2024 on. */
const joins: Change[] = [
  ['joins', '2023-07-05', 50],
  ['joins', '2024-10-05', 50],
]

it.each<Case>([
  ['nothing changes', [steady], '1'],
  ['half of the ends are twice the start: 1,800 of 1,200', grows, '1.5'],
  ['a larger month weighs more: 1,800 and 3 x 50 + 3 x 100 of 1,200 and 6 x 50', [...grows, ...joins], '1.5'],
  [
    'what leaves counts in every window that it started: 400 of 1,200',
    [steady, ['steady', '2024-05-05', -100]],
    '0.333333333333',
  ],
  ['one month grown counts a twelfth: 1,300 of 1,200', [steady, ['steady', '2024-12-05', 100]], '1.083333333333'],
  ['accounts won since the last start do not count', [steady, ['new', '2024-01-05', 900]], '1'],
  ['eleven windows are not enough', [['late', '2023-02-05', 100]], 'NOT_ENOUGH_HISTORY'],
  ['twelve are', [['just', '2023-01-31', 100]], '1'],
  [
    'a month at whose start nobody paid',
    [steady, ['steady', '2023-04-05', -100], ['steady', '2023-05-05', 100]],
    'NO_OPENING_MRR',
  ],
])('%s', (_title, changes, expected) => {
  expect(answer('nrrTrailingAverage', changes)).toBe(expected)
})

it('is not the average of the twelve ratios', () => {
  const changes = [...grows, ...joins, ['joins', '2024-11-05', 900] as Change]
  // Starts: 12 x 100 and 6 x 50. Ends: 6 x 100, 6 x 200; 3 x 50, 1 x 100, 2 x 1,000.
  expect(answer('nrrTrailingAverage', changes)).toBe('2.7')
})

it('lists each account once, with its twelve openings and closings added up', () => {
  const store = aStore({ changes: [...grows, ...joins] })
  const query = { scope: everyAccount(store), now: NOW, at: monthOf('2024-12-01'), key: 'nrrTrailingAverage' } as const
  const { spans, value, difference, period, accounts } = explain(store, query)
  expect(spans.items.map((span) => [span.account.id, span.opening, span.closing, span.runningTotal])).toEqual([
    ['steady', 1200n, 1800n, 600n],
    ['joins', 300n, 450n, 750n],
  ])
  expect([value.numerator?.minor, value.denominator?.minor, difference, accounts]).toEqual([2250n, 1500n, 0n, 2])
  expect(period).toEqual({ start: '2023-02-01', end: '2025-01-01' })
})

it('has one window', () => {
  expect(() => answer('nrrTrailingAverage', grows, { window: 3 })).toThrow('it has 12')
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end, window }) => {
    const spans = Array.from({ length: 12 }, (_, back) =>
      naiveSpans(ledger, scope, where, end - 1 - back - window, end - 1 - back),
    )
    const sum = (part: 'opening' | 'closing') => spans.reduce((total, one) => total + one[part], 0)
    return { nrrTrailingAverage: [sum('closing'), sum('opening')] }
  })
})
