import { expect, it } from 'vitest'
import type { Change } from '../../facts/testing/a-store.ts'
import { naiveLevels, naiveLogoChurn } from '../../facts/testing/naive.ts'
import { answer, type Case } from '../testing/answer.ts'
import { equalsPlain } from '../testing/plain.ts'

const costs = { grossMargin: '0.8' }
/** Ten accounts of 100 since 2023, of which one leaves in June 2024: five openings with ten and seven with nine. */
const ten: Change[] = [
  ...Array.from({ length: 10 }, (_, index): Change => [`a${index}`, '2023-12-05', 100]),
  ['a0', '2024-06-05', -100],
]

// Values of December 2024.
it.each<Case>([
  ['100 x 0.8 / (1 / 114): 6 openings with ten accounts, 6 with nine', ten, '91.2', { costs }],
  ['all of it without costs', ten, '114', { costs: { grossMargin: '1' } }],
  ['growth raises the average, not the churn', [...ten, ['a1', '2024-12-05', 900]], '182.4', { costs }],
  [
    'who leaves, returns and leaves again is lost twice: 2 of 115',
    [...ten, ['a0', '2024-08-05', 100], ['a0', '2024-09-05', -100]],
    '46',
    { costs },
  ],
  [
    'what left before does not count',
    [...ten, ['old', '2023-02-01', 100], ['old', '2023-12-01', -100]],
    '91.2',
    { costs },
  ],
  ['no margin', ten, 'NO_GROSS_MARGIN'],
  ['nobody left', [['a', '2023-12-05', 100]], 'NO_LOSS', { costs }],
  [
    'nobody pays',
    [
      ['a', '2023-12-05', 100],
      ['a', '2024-12-05', -100],
    ],
    'NO_PAYING_ACCOUNTS',
    { costs },
  ],
  [
    'nobody paid twelve months ago',
    [
      ['a', '2024-02-05', 100],
      ['b', '2024-02-05', 100],
      ['b', '2024-06-05', -100],
    ],
    'NOT_ENOUGH_HISTORY',
    { costs },
  ],
])('%s', (_title, changes, expected, asked) => {
  expect(answer('ltv', changes, asked)).toBe(expected)
})

it('equals the plain definition', () => {
  equalsPlain(({ ledger, scope, where, end }) => {
    const said = (ledger.costs as { grossMargin?: string | null } | undefined)?.grossMargin ?? null
    const [above, below] =
      said === null ? [0, 1] : [Number(said.replace('.', '')), 10 ** (said.split('.')[1]?.length ?? 0)]
    const closing = naiveLevels(ledger, scope, where, end - 1)
    let openings = 0
    for (let month = end - 13; month < end - 1; month += 1)
      openings += naiveLogoChurn(ledger, scope, where, month + 1, month + 1).open
    const churned = naiveLogoChurn(ledger, scope, where, end - 12, end).lost
    return { ltv: [closing.mrr * above * openings, closing.accounts * churned * below] }
  })
})
