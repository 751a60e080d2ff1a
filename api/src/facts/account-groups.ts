import type { DictionaryColumn } from './column-store.ts'
import type { Slice } from './slice.ts'

/**
 * What accounts are parted by: a code each, below `size`, or as it was at the time, several; or sets that may overlap, whose code is their
 * place, and `sets.length` in none.
 */
export type AccountPart =
  | { codes: ArrayLike<number>; size: number }
  | { past: DictionaryColumn }
  | { sets: readonly Uint8Array[] }

/** The groups that the accounts of a slice fall into, one for each combination of codes, numbered in the order in which they are met. */
export class AccountGroups {
  /** Codes of each group, one for each part. */
  readonly codes: (readonly number[])[] = []
  /** The groups of account `a` are `group[start[a]] … group[start[a + 1] - 1]`: one, or several where sets overlap. */
  readonly start: Uint32Array
  readonly group: readonly number[]
  readonly parts: readonly AccountPart[]

  constructor({ accounts }: Slice, parts: readonly AccountPart[]) {
    this.parts = parts
    this.start = new Uint32Array(accounts.length + 1)
    const group: number[] = []
    const known = new Map<number, number>()
    const keys: number[] = []
    for (let account = 0; account < accounts.length; account += 1) {
      if (accounts[account] === 1) {
        takeKeys(parts, account, keys)
        for (const key of keys) group.push(this.#meet(known, key))
      }
      this.start[account + 1] = group.length
    }
    this.group = group
  }

  #meet(known: Map<number, number>, key: number): number {
    const met = known.get(key)
    if (met !== undefined) return met
    known.set(key, this.codes.length)
    this.codes.push(codesOf(key, this.parts))
    return this.codes.length - 1
  }
}

function sizeOf(part: AccountPart): number {
  if ('past' in part) return part.past.values.length
  return 'sets' in part ? part.sets.length + 1 : part.size
}

/** Each combination of an account's codes as one number. The list is reused. */
function takeKeys(parts: readonly AccountPart[], account: number, keys: number[]): void {
  keys.length = 1
  keys[0] = 0
  for (const part of parts) {
    const size = sizeOf(part)
    if ('codes' in part) {
      for (let place = 0; place < keys.length; place += 1) keys[place] = keys[place]! * size + part.codes[account]!
      continue
    }
    const before = keys.splice(0)
    if ('past' in part) {
      const was = part.past.history.get(account)?.map(({ code }) => code) ?? [part.past.codes[account]!]
      for (const code of new Set(was)) for (const key of before) keys.push(key * size + code)
      continue
    }
    part.sets.forEach((set, code) => {
      if (set[account] === 1) for (const key of before) keys.push(key * size + code)
    })
    if (keys.length === 0) for (const key of before) keys.push(key * size + size - 1)
  }
}

function codesOf(key: number, parts: readonly AccountPart[]): number[] {
  let rest = key
  return parts
    .map(sizeOf)
    .reverse()
    .map((size) => {
      const code = rest % size
      rest = (rest - code) / size
      return code
    })
    .reverse()
}
