import { expect, it } from 'vitest'
import type { Change, Spent } from '../../facts/testing/a-store.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'
import { plainGained, plainSpend } from '../testing/plain-spend.ts'

const gained: Change[] = [
  ['old', '2024-01-05', 1000],
  ['old', '2024-12-05', 500],
  ['won', '2024-12-05', 1000],
]
const spend: Spent[] = [
  ['2024-12-01', 'expansion', 300],
  ['2024-12-01', 'new', 3000],
]

// Values of December 2024.
it.each<Case>([
  ['3 for a unit of MRR against 0.6: five times', gained, '5', { spend }],
  [
    'a shared category counts on both sides: 3800 and 500',
    gained,
    '3.8',
    { spend: [...spend, ['2024-12-01', 'marketing', 1000]], costs: { expansionShare: { marketing: '0.2' } } },
  ],
  ['over a quarter, of its sums', [...gained, ['early', '2024-11-05', 10]], '4.950495049505', { spend, months: 3 }],
  ['no spend on one side', gained, 'NO_SPEND', { spend: spend.slice(0, 1) }],
  ['nobody new', gained.slice(0, 2), 'NO_EXPANSION', { spend }],
  ['no expansion', [['won', '2024-12-05', 1000]], 'NO_EXPANSION', { spend }],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('expansionEfficiency', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain((question) => ({
    expansionEfficiency: [
      plainSpend(question, 'new') * plainGained(question, 'EXPANSION'),
      plainSpend(question, 'expansion') * plainGained(question, 'NEW'),
    ],
  }))
})
