import type { Axis, Book } from './book.ts'
import { keepItems, rowInSlice, type Slice } from './slice.ts'
import { type BookReader, bookReader, walk } from './walk.ts'

/** What items are parted by: a code, below `size`, for each code of one of their columns. */
export type ItemPart = { column: 'plan' | 'region' | 'currency'; codes: ArrayLike<number>; size: number }

/** Combinations that a table is kept of. */
const COMBINATIONS = 4_000_000

/** Groups of items, one for each combination of codes, numbered in the order in which they are met. Without parts there is one. */
export class ItemGroups {
  /** Codes of each group, one for each part. */
  readonly codes: (readonly number[])[] = []
  readonly parts: readonly ItemPart[]
  readonly #group: Int32Array

  constructor(parts: readonly ItemPart[]) {
    this.parts = parts
    const size = parts.reduce((product, part) => product * part.size, 1)
    if (size > COMBINATIONS) throw new RangeError(`There are ${size} combinations of what items are parted by`)
    this.#group = new Int32Array(size).fill(-1)
  }

  /** The group of an item by the codes of its columns. */
  of(plan: number, region: number, currency: number): number {
    let place = 0
    for (const { column, codes, size } of this.parts)
      place = place * size + codes[column === 'plan' ? plan : column === 'region' ? region : currency]!
    const met = this.#group[place]!
    if (met >= 0) return met
    this.#group[place] = this.codes.length
    this.codes.push(codesOf(place, this.parts))
    return this.codes.length - 1
  }

  /** The slice with the items of a group alone. */
  narrow(slice: Slice, group: number): Slice {
    return this.parts.reduce((narrower, { column, codes }, place) => {
      const wanted = this.codes[group]?.[place]
      return keepItems(narrower, column, (code) => codes[code] === wanted)
    }, slice)
  }
}

function codesOf(place: number, parts: readonly ItemPart[]): number[] {
  let rest = place
  const codes: number[] = []
  for (const { size } of [...parts].reverse()) {
    codes.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return codes
}

/** Reads which groups of items an account has in a slice, in the order of its change points. The list is the same one every time. */
export function itemsHeld(slice: Slice, items: ItemGroups): (account: number) => readonly number[] {
  const { start, plan, region, currency } = slice.store.changes
  /** The last account that met a group. */
  const metBy: number[] = []
  const met: number[] = []
  return (account) => {
    met.length = 0
    for (let row = start[account]!; row < start[account + 1]!; row += 1) {
      // Of others there is no group, or the rest would be of products that the slice leaves out.
      if (!rowInSlice(slice, row)) continue
      const group = items.of(plan[row]!, region[row]!, currency[row]!)
      if (metBy[group] === account) continue
      metBy[group] = account
      met.push(group)
    }
    return met
  }
}

/**
 * Visits every account of the slice once for each group of items that it has, as walking the group's slice alone would. Without
 * parts it is one pass over the columns; with them, an account is read as often as it has groups.
 */
export function walkItems(
  slice: Slice,
  axis: Axis,
  items: ItemGroups,
  visit: (group: number, book: Book) => void,
): void {
  if (items.parts.length === 0) {
    const all = items.of(0, 0, 0)
    walk(slice, axis, (book) => visit(all, book))
    return
  }
  const readers: BookReader[] = []
  const held = itemsHeld(slice, items)
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    for (const group of held(account)) {
      readers[group] ??= bookReader(items.narrow(slice, group), axis)
      const book = readers[group](account)
      if (book !== null) visit(group, book)
    }
  }
}
