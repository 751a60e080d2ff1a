import { expect, it } from 'vitest'
import { naiveAccounts, naiveSlice } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const rate = (day: string, value: string) => ({ currency: 'EUR', day, rate: value, per: '1' })

// Values of December 2024.
it.each<Case>([
  [
    '100 became 350',
    [
      ['a', '2024-01-05', 100],
      ['a', '2024-06-05', 250],
    ],
    '3.5',
  ],
  [
    'what came before the month ended is where it landed: 150 became 300',
    [
      ['a', '2024-01-05', 100],
      ['a', '2024-01-25', 50],
      ['a', '2024-06-05', 150],
    ],
    '2',
  ],
  [
    'who has left does not count, who came back counts from its first close',
    [
      ['left', '2024-01-05', 100],
      ['left', '2024-02-05', -100],
      ['back', '2024-01-05', 100],
      ['back', '2024-02-05', -100],
      ['back', '2024-06-05', 50],
    ],
    '0.5',
  ],
  [
    'rates make nobody grow',
    [
      ['a', '2024-01-05', 100, { currency: 'EUR' }],
      ['a', '2024-06-05', 100, { currency: 'EUR' }],
    ],
    '2',
    { rates: [rate('2024-01-31', '1.5'), rate('2024-12-31', '3')] },
  ],
  [
    'the rate of the first close is missing',
    [['a', '2024-01-05', 100, { currency: 'EUR' }]],
    'NO_RATE',
    { rates: [rate('2024-12-31', '3')] },
  ],
  ['nobody pays', [], 'NO_PAYING_ACCOUNTS'],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('landAndExpandMrr', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end }) => {
    let [now, landed] = [0, 0]
    for (const account of naiveAccounts(ledger, scope, where)) {
      const { slice, product } = naiveSlice(ledger, account, where)
      const paid = (rows: typeof slice, month: number) =>
        rows.filter((row) => row.month <= month).reduce((sum, row) => sum + Number(row.amountMinor), 0)
      const first = Math.min(...slice.map(({ month }) => month).filter((month) => paid(slice, month) > 0))
      if (first >= end || paid(slice, end - 1) === 0) continue
      landed += paid(product, first)
      now += paid(product, end - 1)
    }
    return { landAndExpandMrr: [now, landed] }
  })
})
