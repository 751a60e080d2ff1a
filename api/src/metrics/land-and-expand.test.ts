import { expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { evaluate } from './evaluate.ts'
import { landAndExpand } from './land-and-expand.ts'

/** Accounts that landed with so much and have so much now, a hundredth a seat. */
const grown = (pairs: [landed: number, now: number][]): Change[] =>
  pairs.flatMap(([landed, now], index): Change[] => [
    [`a${index}`, '2024-01-05', landed * 100, { seats: landed }],
    [`a${index}`, '2024-06-05', (now - landed) * 100, { seats: now - landed }],
  ])
const at = monthOf('2024-12-01')
const ask = (changes: readonly Change[], currency?: string) => {
  const store = aStore({ changes })
  return landAndExpand(store, { scope: everyAccount(store), now: NOW, at, currency })
}

it('spreads accounts over multiples: below 1, 1, below 2, below 5, below 10, from 10 on', () => {
  const { seats, mrr } = ask(
    grown([
      [10, 5],
      [4, 4],
      [10, 19],
      [10, 20],
      [10, 49],
      [2, 10],
      [3, 50],
      [5, 50],
    ]),
  )
  expect(seats.spread).toEqual([1, 1, 1, 2, 1, 2])
  expect([seats.landed, seats.now, seats.multiple]).toEqual([54n, 207n, '3.833333333333'])
  expect(seats.quantiles).toEqual(['0.5', '1', '2', '5', '16.666666666667'])
  expect([mrr.spread, mrr.multiple, mrr.landed]).toEqual([seats.spread, seats.multiple, 5400n])
})

it('has the multiple of the metrics of that month', () => {
  const changes = grown([
    [3, 50],
    [7, 6],
    [12, 12],
  ])
  const store = aStore({ changes: [...changes, ['none', '2024-02-05', 900]] })
  const query = { scope: everyAccount(store), now: NOW }
  const found = landAndExpand(store, { ...query, at })
  const [seats, mrr] = evaluate(store, {
    ...query,
    range: { start: at, end: at + 1 },
    keys: ['landAndExpand', 'landAndExpandMrr'],
  })
  expect([found.seats.multiple, found.mrr.multiple]).toEqual([seats?.total?.value, mrr?.total?.value])
  expect([found.seats.accounts, found.mrr.accounts]).toEqual([3, 4])
})

it('says why there is none', () => {
  expect([ask([]).seats.reason, ask([]).mrr.reason]).toEqual(['NO_SEATS', 'NO_PAYING_ACCOUNTS'])
  const { seats, mrr } = ask(grown([[3, 6]]), 'EUR')
  expect([seats.multiple, mrr.reason, mrr.spread]).toEqual(['2', 'NO_RATE', [0, 0, 0, 0, 0, 0]])
})
