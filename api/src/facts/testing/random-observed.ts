import fc from 'fast-check'
import type { Ledger } from './naive.ts'
import { FIRST, LAST, randomLedger } from './random-ledger.ts'

const ACCOUNTS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6']
const month = fc.integer({ min: FIRST - 2, max: LAST })
const account = fc.constantFrom(...ACCOUNTS)
const day = fc.integer({ min: 1, max: 28 })

const seats = fc.record({
  accountId: account,
  month,
  metric: fc.constantFrom('active_seats' as const, 'assigned_seats' as const),
  quantity: fc.integer({ min: 0, max: 9 }),
})
const said = { accountId: account, month, day }
const one = fc.oneof(
  fc.record({
    ...said,
    kind: fc.constant('CHARGE' as const),
    name: fc.constant(''),
    amount: fc.integer({ min: -3, max: 9 }),
    currency: fc.constant('USD'),
  }),
  fc.record({
    ...said,
    kind: fc.constant('LIMIT' as const),
    name: fc.constantFrom('seats', 'calls'),
    amount: fc.integer({ min: 0, max: 9 }),
    currency: fc.constant(''),
  }),
  fc.record({
    ...said,
    kind: fc.constant('USE' as const),
    name: fc.constant('calls'),
    amount: fc.integer({ min: 0, max: 12 }),
    currency: fc.constant(''),
  }),
  fc.record({
    ...said,
    kind: fc.constantFrom('FEATURE' as const, 'INTEGRATION' as const),
    name: fc.constantFrom('x', 'y', 'z'),
    amount: fc.constantFrom(0, 1, 1),
    currency: fc.constant(''),
  }),
)
const spend = fc.record({
  month,
  category: fc.constantFrom('new', 'expansion', 'marketing', 'rent'),
  currency: fc.constant('USD'),
  amountMinor: fc.integer({ min: 1, max: 2_000 }),
})
const costs = fc.record(
  {
    grossMargin: fc.constantFrom('0.8', '1', '0.335', null),
    lag: fc.integer({ min: 0, max: 3 }),
    expansionShare: fc.constantFrom({}, { marketing: '0.333' }, { marketing: '1', new: '0.5' }),
  },
  { requiredKeys: [] },
)

const signedUp = ['2022-12-05', null, '2023-04-30', '2024-02-01', '2023-01-01']

/** Random ledgers with what sources told beside them: of a day of one thing there is one word, and charges and use are sums of a month. */
export const randomObserved: fc.Arbitrary<Ledger> = fc
  .tuple(
    randomLedger,
    fc.array(seats, { maxLength: 30 }),
    fc.array(one, { maxLength: 40 }),
    fc.array(spend, { maxLength: 30 }),
    costs,
  )
  .map(([plain, usage, observed, spent, rules]) => {
    const ledger = {
      ...plain,
      accounts: plain.accounts.map((one, index) => ({
        ...one,
        signedUpOn: signedUp[(index + usage.length) % signedUp.length] ?? null,
      })),
    }
    const known = new Set(ledger.accounts.map(({ id }) => id))
    return {
      ...ledger,
      usage: usage.filter(({ accountId }) => known.has(accountId)),
      observed: unique(
        observed.filter(({ accountId }) => known.has(accountId)),
        (row) =>
          [
            row.accountId,
            row.kind,
            row.name,
            row.month,
            row.kind === 'CHARGE' || row.kind === 'USE' ? '' : row.day,
          ].join(' '),
      ),
      spend: unique(spent, (row) => `${row.month} ${row.category}`),
      costs: rules,
    }
  })

const unique = <T>(rows: readonly T[], keyOf: (row: T) => string): T[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
]
