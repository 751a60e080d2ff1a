export type Allowance = { burst: number; restoreRate: number }
export type Spent = { ok: boolean; available: number }

const MAX_BUCKETS = 50_000

/** A bucket of points per caller that refills by the second. */
export function createRateLimit(now: () => number) {
  const buckets = new Map<string, { points: number; at: number }>()

  return {
    spend(caller: string, points: number, { burst, restoreRate }: Allowance): Spent {
      const at = now()
      const last = buckets.get(caller) ?? { points: burst, at }
      const available = Math.min(burst, last.points + (Math.max(0, at - last.at) / 1_000) * restoreRate)
      const ok = points <= available
      buckets.delete(caller)
      if (buckets.size >= MAX_BUCKETS) buckets.delete(buckets.keys().next().value as string) // the map is not empty
      buckets.set(caller, { points: ok ? available - points : available, at })
      return { ok, available: Math.floor(ok ? available - points : available) }
    },
  }
}

export type RateLimit = ReturnType<typeof createRateLimit>
