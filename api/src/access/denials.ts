import { LRUCache } from 'lru-cache'

/** Why a session was turned away: nobody knows it, or it came from a page that it was not minted for. */
export type Denial = 'UNKNOWN' | 'ORIGIN'

/** So many within the window are a spike. */
export const SPIKE = 50
export const SPIKE_WINDOW_MS = 5 * 60_000
const MAX_TENANTS = 1_000

export type Spike = { tenantId: string; since: Date; at: Date; counts: Record<Denial, number> }

/**
 * Counts sessions that are turned away, by tenant; a spike is told of as soon as it is one. The tenant is the one that the token names, whether it
 * was ever minted or not: guesses count. Expired sessions do not: pages that were left open have them.
 */
export function createDenials({ now, onSpike }: { now: () => Date; onSpike: (spike: Spike) => void }) {
  const windows = new LRUCache<string, { since: Date; counts: Record<Denial, number> }>({ max: MAX_TENANTS })
  return (tenantId: string, why: Denial): void => {
    const at = now()
    const known = windows.get(tenantId)
    const isOpen = known !== undefined && at.getTime() - known.since.getTime() < SPIKE_WINDOW_MS
    const { since, counts } = isOpen ? known : { since: at, counts: { UNKNOWN: 0, ORIGIN: 0 } }
    counts[why] += 1
    windows.set(tenantId, { since, counts })
    if (counts.UNKNOWN + counts.ORIGIN === SPIKE) onSpike({ tenantId, since, at, counts: { ...counts } })
  }
}

export type CountDenial = ReturnType<typeof createDenials>
