import fc from 'fast-check'
import { expansionStrategies } from '../kind.ts'
import type { FactWhere } from '../slice.ts'
import type { ChangeRow } from '../store-rows.ts'
import type { Ledger, NaiveLogo } from './naive.ts'

/** First and last month of the random ledgers. */
export const FIRST = 2023 * 12
export const LAST = FIRST + 17

const PLANS = ['core-basic', 'core-pro', 'chat-basic', 'chat-pro']
const REGIONS = ['', 'EU', 'US', 'JP']
const SEGMENTS = ['small', 'large']

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values)

/** An item: levels (0 is "not held") by month, and its place. A small range of amounts makes equal levels likely. */
const item = fc.record({
  plan: oneOf(PLANS),
  region: oneOf(REGIONS),
  levels: fc.array(
    fc.record({
      month: fc.integer({ min: FIRST, max: LAST }),
      day: fc.integer({ min: 1, max: 28 }),
      seats: fc.integer({ min: 0, max: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  price: fc.integer({ min: 1, max: 3 }),
  strategy: oneOf([...expansionStrategies, '']),
  /** Each opens or closes the item's place as one that keeps a logo: never before the item itself. */
  turns: fc.array(fc.record({ month: fc.integer({ min: FIRST, max: LAST }), day: fc.integer({ min: 1, max: 28 }) }), {
    maxLength: 4,
  }),
})

const account = fc.record({
  region: oneOf([null, 'EU', 'US']),
  segment: oneOf([...SEGMENTS, undefined]),
  items: fc.array(item, { minLength: 0, maxLength: 3 }),
})

/** Ledgers whose items never fall below zero, with gaps, returns, several plans, products and regions. */
export const randomLedger: fc.Arbitrary<Ledger> = fc.array(account, { minLength: 1, maxLength: 7 }).map((accounts) => ({
  accounts: accounts.map(({ region, segment }, index) => ({
    id: `a${index}`,
    name: `Account ${index}`,
    region,
    attributes: segment ? { segment } : {},
  })),
  plans: PLANS.map((id) => ({ id, productId: id.split('-')[0] ?? id, confirmed: id.endsWith('pro') })),
  logos: accounts.flatMap(({ items }, index) =>
    items.flatMap(({ plan, region, turns, levels }) =>
      turns
        .filter((turn) => levels.some((one) => one.month < turn.month))
        .sort((a, b) => a.month - b.month || a.day - b.day)
        .map(
          ({ month, day }, turn): NaiveLogo => ({
            ...{ accountId: `a${index}`, month, day, planId: plan, region, currency: 'USD' },
            amount: turn % 2 === 0 ? 1 : -1,
          }),
        ),
    ),
  ),
  changes: accounts.flatMap(({ items }, index) =>
    items.flatMap(({ plan, region, levels, price, strategy }) => {
      let held = 0
      return [...levels]
        .sort((a, b) => a.month - b.month || a.day - b.day)
        .map(({ month, day, seats }): ChangeRow => {
          const change = seats - held
          held = seats
          const amountMinor = change * price * 100
          return {
            accountId: `a${index}`,
            month,
            day,
            planId: plan,
            region,
            currency: 'USD',
            strategy,
            amountMinor,
            seats: change,
          }
        })
    }),
  ),
}))

const EVERYONE = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6']
export const randomScope = fc.oneof(fc.constant(EVERYONE), fc.subarray(EVERYONE))

const filters = {
  accountIds: fc.subarray([...EVERYONE, 'nobody']),
  region: fc.subarray(REGIONS),
  planId: fc.subarray(PLANS),
  productId: fc.subarray(['core', 'chat', 'none']),
  cohort: fc.uniqueArray(fc.option(fc.integer({ min: FIRST, max: LAST })), { minLength: 6, maxLength: 12 }),
  attributes: oneOf([
    [{ key: 'segment', in: ['small'] }],
    [{ key: 'segment', in: SEGMENTS }],
    [{ key: 'segment', in: [null, 'large'] }],
    [{ key: 'none', in: [null] }],
    [{ key: 'none', in: [''] }],
  ]),
}

/** None to three filters: more of them leave nothing of a ledger this small. */
export const randomWhere: fc.Arbitrary<FactWhere> = fc
  .tuple(fc.record(filters), fc.subarray(Object.keys(filters) as (keyof typeof filters)[], { maxLength: 3 })) // its own names
  .map(([all, names]) => Object.fromEntries(names.map((name) => [name, all[name]])) as FactWhere) // the same names

export const randomRange = fc
  .tuple(fc.integer({ min: FIRST - 2, max: LAST + 2 }), fc.integer({ min: 1, max: 14 }))
  .map(([start, months]) => ({ start, end: start + months }))
