import { expect, it } from 'vitest'
import type { Change } from '../../facts/testing/a-store.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'
import { plainGained, plainMargin, plainSpend } from '../testing/plain-spend.ts'

const gained: Change[] = [['a', '2024-12-05', 500]]
const costs = { grossMargin: '0.8' }

// Values of December 2024.
it.each<Case>([
  ['3000 for a gross profit of 400 a month', gained, '7.5', { spend: [['2024-12-01', 'new', 3000]], costs }],
  ['without other costs, 6 months', gained, '6', { spend: [['2024-12-01', 'new', 3000]], costs: { grossMargin: '1' } }],
  [
    'over a quarter: 3600 for 480 a month',
    [
      ['b', '2024-11-05', 100],
      ['a', '2024-12-05', 500],
    ],
    '7.5',
    {
      months: 3,
      spend: [
        ['2024-10-01', 'new', 600],
        ['2024-12-01', 'new', 3000],
      ],
      costs,
    },
  ],
  [
    'with a lag, spend of the month before',
    gained,
    '2.5',
    {
      spend: [
        ['2024-11-01', 'new', 1000],
        ['2024-12-01', 'new', 3000],
      ],
      costs: { ...costs, lag: 1 },
    },
  ],
  ['no margin', gained, 'NO_GROSS_MARGIN', { spend: [['2024-12-01', 'new', 3000]] }],
  ['no spend', gained, 'NO_SPEND', { costs }],
  ['nothing was gained', [['a', '2024-02-05', 500]], 'NO_EXPANSION', { spend: [['2024-12-01', 'new', 3000]], costs }],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('newPaybackMonths', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain((question) => {
    const [above, below] = plainMargin(question)
    const spent = plainSpend(question, 'new') * below
    return { newPaybackMonths: [spent, plainGained(question, 'NEW') * above] }
  })
})
