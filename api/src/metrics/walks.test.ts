import { expect, it } from 'vitest'
import { metricKeys } from './registry.ts'
import { walksOf } from './walks.ts'

it('metrics of flows and spans share a pass, in the order asked for, and each of sums has its own', () => {
  expect(walksOf(['nrr', 'ltv', 'mrr', 'breadth', 'ltv'])).toEqual([['nrr', 'mrr'], ['ltv'], ['breadth']])
  expect(walksOf(['ltv'])).toEqual([['ltv']])
  expect(walksOf([])).toEqual([])
})

it('every metric is in one pass', () => {
  expect(walksOf(metricKeys).flat().sort()).toEqual([...metricKeys].sort())
})
