import type { Store } from '../facts/column-store.ts'

const known = new WeakMap<Store, Uint32Array>()

/** Place of each account when sorted by name as a person would, then by id. Sorted once per store. */
export function nameRanks(store: Store): Uint32Array {
  const ranks = known.get(store) ?? rank(store)
  known.set(store, ranks)
  return ranks
}

function rank({ accounts: { names } }: Store): Uint32Array {
  const collator = new Intl.Collator(['ja', 'en'], { numeric: true })
  const order = names.map((_, account) => account)
  order.sort((a, b) => collator.compare(names[a]!, names[b]!) || a - b)
  const ranks = new Uint32Array(names.length)
  order.forEach((account, place) => {
    ranks[account] = place
  })
  return ranks
}
