export type Allowance = { burst: number; restoreRate: number }
export type Spent = { ok: boolean; available: number }
/** Whose points are taken: a bucket of their own, which refills by the second. */
export type Bucket = { tenantId: string; caller: string; allowance: Allowance }

export interface RateLimit {
  /**
   * Takes the points from each bucket in turn, until one has too few: that one keeps what it has. Says whether all of them gave, and
   * what the emptiest still has. Where the buckets are of this process, it does so at once.
   */
  spend(points: number, ...buckets: readonly Bucket[]): Spent | Promise<Spent>
}

const MAX_BUCKETS = 50_000

/** Buckets of this process. */
export function createRateLimit(now: () => number) {
  const known = new Map<string, { points: number; at: number }>()

  function take(points: number, { tenantId, caller, allowance: { burst, restoreRate } }: Bucket): Spent {
    const at = now()
    const name = `${tenantId}/${caller}`
    const last = known.get(name) ?? { points: burst, at }
    const available = Math.min(burst, last.points + (Math.max(0, at - last.at) / 1_000) * restoreRate)
    const ok = points <= available
    known.delete(name)
    if (known.size >= MAX_BUCKETS) known.delete(known.keys().next().value as string) // the map is not empty
    known.set(name, { points: ok ? available - points : available, at })
    return { ok, available: Math.floor(ok ? available - points : available) }
  }

  return {
    spend(points: number, ...buckets: readonly Bucket[]): Spent {
      let available = Number.POSITIVE_INFINITY
      for (const bucket of buckets) {
        const spent = take(points, bucket)
        available = Math.min(available, spent.available)
        if (!spent.ok) return { ok: false, available }
      }
      return { ok: true, available }
    },
  } satisfies RateLimit
}
