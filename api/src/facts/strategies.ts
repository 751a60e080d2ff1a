import { type Axis, type Book, kindCode, movedAt } from './book.ts'
import { convertedParts } from './converted-parts.ts'
import { expansionStrategies } from './kind.ts'
import { rowInSlice, type Slice } from './slice.ts'

const otherwise = expansionStrategies.indexOf('CONTRACT_VALUE')

/** Signed parts of EXPANSION account-months by strategy code, then place. */
export type StrategySums = {
  axis: Axis
  parts: Float64Array[]
  /** Parts without their signs, in all and on plans whose mapping is confirmed, by place. */
  absolute: Float64Array
  confirmed: Float64Array
}

export function emptyStrategies(axis: Axis): StrategySums {
  const column = () => new Float64Array(axis.length)
  return { axis, parts: Array.from(expansionStrategies, column), absolute: column(), confirmed: column() }
}

/** Adds one account's EXPANSION months. The parts of a month sum to its change exactly. */
export function addStrategies(sums: StrategySums, slice: Slice, book: Book): void {
  if (slice.exchange !== null) {
    addConverted(sums, slice, book)
    return
  }
  const { changes, plans } = slice.store
  const end = changes.start[book.account + 1]!
  let row = changes.start[book.account]!
  while (row < end) {
    const place = changes.month[row]! - sums.axis.first
    if (place >= sums.axis.length) return
    if (book.kind[place] !== kindCode.EXPANSION) {
      row += 1
      continue
    }
    let rest = movedAt(book, place)
    for (; row < end && changes.month[row]! - sums.axis.first === place; row += 1) {
      if (!rowInSlice(slice, row)) continue
      const amount = changes.amount[row]!
      sums.parts[changes.strategy[row]!]![place]! += amount
      sums.absolute[place]! += Math.abs(amount)
      if (plans.confirmed[changes.plan[row]!] === 1) sums.confirmed[place]! += Math.abs(amount)
      rest -= amount
    }
    // Not zero only where bad source data went below zero and was floored.
    sums.parts[otherwise]![place]! += rest
  }
}

function addConverted(sums: StrategySums, slice: Slice, book: Book): void {
  for (let index = 0; index < book.changes; index += 1) {
    const place = book.changed[index]!
    if (book.kind[place] !== kindCode.EXPANSION) continue
    const { parts, absolute, confirmed } = convertedParts(
      slice,
      book.account,
      sums.axis.first + place,
      movedAt(book, place),
    )
    parts.forEach((part, code) => {
      sums.parts[code]![place]! += part
    })
    sums.absolute[place]! += absolute
    sums.confirmed[place]! += confirmed
  }
}

/** One account-month's parts by strategy code, summing to `change`. */
export function strategyPartsOf(slice: Slice, account: number, month: number, change: number): number[] {
  if (slice.exchange !== null) return convertedParts(slice, account, month, change).parts
  const { changes } = slice.store
  const parts = expansionStrategies.map(() => 0)
  let rest = change
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    if (changes.month[row] !== month || !rowInSlice(slice, row)) continue
    parts[changes.strategy[row]!]! += changes.amount[row]!
    rest -= changes.amount[row]!
  }
  parts[otherwise]! += rest
  return parts
}
