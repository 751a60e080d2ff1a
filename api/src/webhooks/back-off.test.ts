import { expect, it } from 'vitest'
import { askedWait, backOff, MOST_ATTEMPTS } from './back-off.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const HOUR_MS = 3_600_000

it('waits grow fourfold to twelve hours, and come to about three days', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => backOff(index + 1, () => 0.5))
  expect(waits.slice(0, 5)).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000])
  expect(Math.max(...waits)).toBe(12 * HOUR_MS)
  const days = waits.reduce((sum, wait) => sum + wait, 0) / (24 * HOUR_MS)
  expect(days).toBeGreaterThan(2)
  expect(days).toBeLessThan(3.5)
})

it('waits are spread over half of their length', () => {
  expect([backOff(3, () => 0), backOff(3, () => 1)]).toEqual([60_000, 100_000])
})

it.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Sun, 22 Nov 2026 00:10:00 GMT', 600_000],
  ['Sat, 21 Nov 2026 00:00:00 GMT', 0],
  ['999999999', 24 * HOUR_MS],
  ['soon', null],
  [undefined, null],
])('Retry-After %s asks for %s ms', (header, wait) => {
  expect(askedWait(header, NOW)).toBe(wait)
})
