import { expect, it } from 'vitest'
import { lastMonths } from './months.ts'

it.each([
  ['2026-10-31', 12, '2025-11-01', '2026-11-01'],
  ['2026-11-20', 12, '2025-11-01', '2026-11-01'],
  ['2026-11-29', 24, '2024-11-01', '2026-11-01'],
  ['2026-12-31', 36, '2024-01-01', '2027-01-01'],
  ['2028-02-28', 1, '2028-01-01', '2028-02-01'],
  ['2028-02-29', 1, '2028-02-01', '2028-03-01'],
])('data through %s has its last %i complete months from %s to %s', (through, count, start, end) => {
  expect(lastMonths(through, count)).toEqual({ start, end })
})
