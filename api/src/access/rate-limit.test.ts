import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('a caller may spend its burst, then what comes back by the second', () => {
  let at = 0
  const limit = createRateLimit(() => at)
  const spend = (caller: string, points: number) =>
    limit.spend(points, { tenantId: 'acme', caller, allowance: { burst: 100, restoreRate: 10 } })
  expect(spend('a', 100)).toEqual({ ok: true, available: 0 })
  expect(spend('a', 1)).toEqual({ ok: false, available: 0 })
  expect(spend('b', 1).ok).toBe(true)
  at = 2_000
  expect(spend('a', 20)).toEqual({ ok: true, available: 0 })
  at = 1_000_000
  expect(spend('a', 0).available).toBe(100)
})
