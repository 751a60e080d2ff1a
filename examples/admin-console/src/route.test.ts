import { describe, expect, it } from 'vitest'
import { hrefs, routeOf } from './route.ts'

describe('an address', () => {
  it.each([
    ['', { page: 'revenue' }],
    ['#/', { page: 'revenue' }],
    ['#/revenue', { page: 'revenue' }],
    ['#/metrics', { page: 'metrics' }],
    ['#/customers', { page: 'customers' }],
    ['#/settings', { page: 'settings' }],
    ['#/elsewhere', { page: 'unknown' }],
  ])('%s names a page', (hash, route) => {
    expect(routeOf(hash)).toEqual(route)
  })

  it('keeps any id of a customer', () => {
    for (const id of ['QWNj+/b3Vu==', '顧客 1', 'a%2Fb#?'])
      expect(routeOf(hrefs.customer(id))).toEqual({ page: 'customer', id })
  })

  it('is unknown when it is not well formed, and breaks nothing', () => {
    expect(routeOf('#/customers/%E0%A4%A')).toEqual({ page: 'unknown' })
  })
})
