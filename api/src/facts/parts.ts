import type { Slice } from './slice.ts'

/** Change points that take some ten milliseconds to walk. */
const PART = 250_000

/** A slice in parts of consecutive accounts, so that a pass over many can let others in between: sums of the parts are those of the whole. */
export function* partsOf(slice: Slice, size = PART): Generator<Slice> {
  const { start } = slice.store.changes
  const accounts = start.length - 1
  if (start[accounts]! <= size) {
    yield slice
    return
  }
  for (let from = 0; from < accounts; ) {
    let end = from + 1
    while (end < accounts && start[end + 1]! - start[from]! <= size) end += 1
    const some = new Uint8Array(accounts)
    some.set(slice.accounts.subarray(from, end), from)
    yield { ...slice, accounts: some }
    from = end
  }
}
