import { catalogMapping } from './catalog.ts'
import { heldDays } from './held.ts'
import type { History } from './history.ts'
import type { Evidence } from './infer-catalog.ts'

/** What an account's history says about source products: which it held together, which it replaced on one day. */
export function catalogEvidence(history: readonly History[], timeZone: string): Evidence[] {
  if (hasOneProduct(history)) return []
  const found = new Map<string, Evidence>()
  const note = (kind: Evidence['kind'], a: string, b: string) => {
    if (a === b) return
    const [first, second] = a < b ? [a, b] : [b, a]
    found.set(`${kind} ${first} ${second}`, { kind, first, second })
  }
  let before = new Set<string>()
  // Source products as they are, before any mapping.
  for (const { lines } of heldDays(history, timeZone, catalogMapping(new Map()))) {
    const after = new Set([...lines.values()].map((line) => line.sourceProduct))
    for (const a of after) for (const b of after) note('HELD_TOGETHER', a, b)
    const gone = [...before].filter((id) => !after.has(id))
    const come = [...after].filter((id) => !before.has(id))
    for (const a of gone) for (const b of come) note('REPLACED', a, b)
    before = after
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? [])
}

/** Then there is nothing to tell apart: nearly every account. */
function hasOneProduct(history: readonly History[]): boolean {
  const products = new Set<string>()
  for (const { source, steps } of history) {
    for (const { state } of steps) for (const { product } of state.items) products.add(`${source}:${product}`)
  }
  return products.size < 2
}
