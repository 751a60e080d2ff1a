import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('a caller may spend its burst, then what comes back by the second', () => {
  let at = 0
  const limit = createRateLimit(() => at)
  const allowance = { burst: 100, restoreRate: 10 }
  expect(limit.spend('a', 100, allowance)).toEqual({ ok: true, available: 0 })
  expect(limit.spend('a', 1, allowance)).toEqual({ ok: false, available: 0 })
  expect(limit.spend('b', 1, allowance).ok).toBe(true)
  at = 2_000
  expect(limit.spend('a', 20, allowance)).toEqual({ ok: true, available: 0 })
  at = 1_000_000
  expect(limit.spend('a', 0, allowance).available).toBe(100)
})
