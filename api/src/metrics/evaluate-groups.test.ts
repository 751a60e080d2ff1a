import { expect, it } from 'vitest'
import { everyAccount } from '../facts/scope.ts'
import { aStore, NOW } from '../facts/testing/a-store.ts'
import { evaluateGroups } from './evaluate-groups.ts'

it('the rest is of the products that the slice holds, not of those that others hold elsewhere', () => {
  const eu = { region: 'EU' }
  const store = aStore({
    changes: [
      ['a', '2024-12-01', 500, { ...eu, plan: 'core-pro' }],
      ['a', '2024-12-01', 100, { ...eu, plan: 'chat-pro' }],
      // Would make the product core one of the rest's, and with it what `a` holds of it.
      ['b', '2024-12-01', 900, { region: 'US', plan: 'core-basic' }],
    ],
  })
  const [series] = evaluateGroups(store, {
    scope: everyAccount(store),
    now: NOW,
    measures: [{ key: 'landAndExpandMrr' }],
    by: [{ kind: 'PLAN' }],
    where: { region: ['EU'] },
    range: { start: 24_299, end: 24_300 },
    limit: { first: 1, others: 'TOGETHER' },
  })
  expect(series?.groups.map(({ isRest, total }) => [isRest, total?.numerator?.minor])).toEqual([
    [false, 500n],
    [true, 100n],
  ])
})
