/** Prices and coupons by id: what Stripe lists in full once, and elsewhere names by id or shows without its tiers. */
export type Known = ReadonlyMap<string, Record<string, unknown>>

const NAMED = new Set(['price', 'coupon'])

/** A payload in which prices and coupons that we know stand in full. */
export function inFull(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((entry) => inFull(entry, known))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      (NAMED.has(name) && known.get(idOf(entry))) || inFull(entry, known),
    ]),
  )
}

function idOf(entry: unknown): string {
  if (typeof entry === 'string') return entry
  const id = entry !== null && typeof entry === 'object' && 'id' in entry ? entry.id : undefined
  return typeof id === 'string' ? id : ''
}
