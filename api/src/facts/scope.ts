import type { Store } from './column-store.ts'

/** Accounts of one store. The only way to read a store: every kernel takes one and refuses one of another store. */
export type Bitmap = {
  readonly store: Store
  /** 1 where the account belongs. */
  readonly bits: Uint8Array
  readonly count: number
}

/** Every account of the store. */
export function everyAccount(store: Store): Bitmap {
  return { store, bits: new Uint8Array(store.accounts.ids.length).fill(1), count: store.accounts.ids.length }
}

/** The accounts with these ids. Unknown ones are nobody's, so they add nothing. */
export function accountsOf(store: Store, ids: readonly string[]): Bitmap {
  const bits = new Uint8Array(store.accounts.ids.length)
  let count = 0
  for (const id of ids) {
    const account = store.accounts.indexOf.get(id)
    if (account === undefined || bits[account] === 1) continue
    bits[account] = 1
    count += 1
  }
  return { store, bits, count }
}

/** Fails closed where a scope was made for another store (another tenant, another version). */
export function assertScope(store: Store, scope: Bitmap): void {
  if (scope?.store !== store)
    throw new Error('The scope belongs to another store: it was made for another tenant or version')
}

/** The first account at or after one that belongs; the number of all where there is none. Few among many are found without looking at each. */
export function nextAccount(bits: Uint8Array, from: number): number {
  if (bits[from] === 1) return from
  const next = bits.indexOf(1, from)
  return next < 0 ? bits.length : next
}
