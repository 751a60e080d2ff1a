import type { Axis } from './book.ts'
import { addStrategyRows, isOfRows, parted } from './rows.ts'
import type { Slice } from './slice.ts'
import { addStrategies, emptyStrategies, type StrategySums } from './strategies.ts'
import { walk } from './walk.ts'

/** What each strategy made of the expansion of a slice: by rows where they say all, else by books. */
export function sumStrategies(slice: Slice, axis: Axis): StrategySums {
  const sums = emptyStrategies(axis)
  const { even, rest } = isOfRows(slice) ? parted(slice) : { even: null, rest: slice }
  if (even) addStrategyRows(sums, even)
  if (rest) walk(rest, axis, (book) => addStrategies(sums, rest, book))
  return sums
}
