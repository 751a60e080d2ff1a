import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Settings } from '../provider/settings.ts'
import { rangeless, useScope } from './scope.ts'

const settings = (set: Partial<Settings>) => set as Settings // the scope reads nothing else

it('a question carries what the provider sets, and nothing that it does not', () => {
  const asOf = '2026-10-05T00:00:00Z'
  const range = { start: '2026-01-01', end: '2026-07-01' }
  expect(renderHook(() => useScope(settings({}))).result.current).toEqual({})
  const view = { preset: 'STRIPE_LIKE' } as const
  expect(renderHook(() => useScope(settings({ asOf, range, currency: 'JPY', view }))).result.current).toEqual({
    asOf,
    view,
    range,
    currency: 'JPY',
  })
})

it("a widget's own range wins", () => {
  const own = { start: '2025-01-01', end: '2026-01-01' }
  const range = { start: '2026-01-01', end: '2026-07-01' }
  expect(renderHook(() => useScope(settings({ range }), own)).result.current).toEqual({ range: own })
})

it('by week a range of months does not count, and a range of weeks does', () => {
  const weeks = { start: '2026-10-05', end: '2026-11-02' }
  const set = settings({ range: { start: '2026-01-01', end: '2026-07-01' }, currency: 'JPY' })
  expect(renderHook(() => useScope(rangeless(set, 'WEEK'))).result.current).toEqual({ currency: 'JPY' })
  expect(renderHook(() => useScope(rangeless(set, 'WEEK'), weeks)).result.current.range).toEqual(weeks)
  expect(renderHook(() => useScope(rangeless(set, 'MONTH'))).result.current.range).toEqual(set.range)
})
