import { expect, it } from 'vitest'
import { hierarchyOf } from '../facts/hierarchy.ts'
import { monthOf } from '../facts/month.ts'
import { rollUp } from '../facts/roll-up.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import { departmentGrowth } from './department-growth.ts'
import { evaluate } from './evaluate.ts'

const changes: Change[] = [
  ['sales', '2024-09-05', 100, { region: 'JP' }],
  ['sales', '2024-11-05', 40, { region: 'SG' }],
  ['build', '2024-10-05', 200, { region: 'JP' }],
  ['lease', '2024-11-05', 70],
  ['lease', '2024-12-05', -70],
  ['alone', '2024-09-05', 900],
  ['child', '2024-12-05', 5],
]
const store = aStore({
  changes,
  accounts: [
    { id: 'group' },
    { id: 'other' },
    { id: 'sales', attributes: { department: 'Sales' } },
    { id: 'build', attributes: { department: 'Sales' } },
    { id: 'lease', attributes: { department: 'Leasing' } },
  ],
})
const hierarchy = hierarchyOf([
  { account: 'sales', from: '2024-01-01', parent: 'group' },
  { account: 'build', from: '2024-01-01', parent: 'group' },
  { account: 'lease', from: '2024-01-01', parent: 'build' },
  { account: 'child', from: '2024-01-01', parent: 'other' },
])
const range = { start: monthOf('2024-09-01'), end: monthOf('2025-01-01') }
const query = { scope: everyAccount(store), now: NOW, range }

it('counts who pays under one parent, their departments and regions, and what they pay', () => {
  const found = departmentGrowth(store, hierarchy, query)
  expect(found.groups).toEqual([
    {
      account: { index: store.accounts.indexOf.get('group'), id: 'group' },
      children: [1, 2, 3, 2],
      departments: [1, 1, 2, 1],
      regions: [1, 1, 2, 2],
      mrr: [100n, 300n, 410n, 340n],
    },
    {
      account: { index: store.accounts.indexOf.get('other'), id: 'other' },
      children: [0, 0, 0, 1],
      departments: [0, 0, 0, 0],
      regions: [0, 0, 0, 0],
      mrr: [0n, 0n, 0n, 5n],
    },
  ])
})

it('has the MRR of the same parents at level PARENT', () => {
  const parents = rollUp(store, hierarchy, '2024-12-31')
  const [mrr] = evaluate(parents, {
    ...query,
    scope: everyAccount(parents),
    where: { accountIds: ['group'] },
    keys: ['mrr'],
  })
  const [group] = departmentGrowth(store, hierarchy, query).groups
  expect(group?.mrr).toEqual(mrr?.values.map(({ minor }) => minor))
})

it('a missing rate says so of the month it is missing in', () => {
  const mixed = aStore({
    changes: [...changes, ['sales', '2024-12-05', 9, { currency: 'EUR' }]],
    accounts: [{ id: 'group' }],
  })
  const asked = { ...query, scope: everyAccount(mixed) }
  expect(departmentGrowth(mixed, hierarchy, asked).groups[0]?.mrr).toEqual([100n, 300n, 410n, null])
})
