import { type Axis, type Book, dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { convertedParts } from './converted-parts.ts'
import { expansionStrategies, kindCode } from './kind.ts'
import type { Month } from './month.ts'
import { rowInSlice, type Slice } from './slice.ts'
import { isOf, type When } from './when.ts'

const otherwise = expansionStrategies.indexOf('CONTRACT_VALUE')

/** Signed parts of the movements of one kind by strategy code, then place. */
export type StrategySums = {
  axis: Axis
  /** Kind code: EXPANSION or CONTRACTION. */
  kind: number
  parts: Float64Array[]
  /** Parts without their signs, in all and on plans whose mapping is confirmed, by place. */
  absolute: Float64Array
  confirmed: Float64Array
}

export function emptyStrategies(axis: Axis, kind: number = kindCode.EXPANSION): StrategySums {
  const column = () => new Float64Array(axis.length)
  return { axis, kind, parts: Array.from(expansionStrategies, column), absolute: column(), confirmed: column() }
}

/** Adds one account's movements of the kind. The parts of one sum to its change exactly. */
export function addStrategies(sums: StrategySums, slice: Slice, book: Book): void {
  const { changes, plans } = slice.store
  const end = changes.start[book.account + 1]!
  let row = changes.start[book.account]!
  for (let index = 0; index < movementCount(book); index += 1) {
    const place = placeOf(book, index)
    const kind = kindAt(book, index)
    // Without a rate nobody can say whether the account grew.
    if (kind === kindCode.NONE && Number.isNaN(movedOf(book, index))) sums.absolute[place] = Number.NaN
    if (kind !== sums.kind) continue
    if (slice.exchange !== null) {
      addConverted(sums, slice, book, index)
      continue
    }
    const [month, day] = [sums.axis.first + place, dayAt(book, index)]
    let rest = movedOf(book, index)
    while (row < end && (changes.month[row]! < month || (changes.month[row] === month && changes.day[row]! < day)))
      row += 1
    for (; row < end && changes.month[row] === month && (day === 0 || changes.day[row] === day); row += 1) {
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

function addConverted(sums: StrategySums, slice: Slice, book: Book, index: number): void {
  const place = placeOf(book, index)
  const when = { month: sums.axis.first + place, day: dayAt(book, index) }
  const { parts, absolute, confirmed } = convertedParts(slice, book.account, when, movedOf(book, index))
  parts.forEach((part, code) => {
    sums.parts[code]![place]! += part
  })
  sums.absolute[place]! += absolute
  sums.confirmed[place]! += confirmed
}

/** One movement's parts by strategy code, summing to `change`; where amounts are converted, at the rates that made it: of the close before unless said. */
export function strategyPartsOf(
  slice: Slice,
  account: number,
  when: When,
  change: number,
  ratesOf: Month = when.month - 1,
): number[] {
  if (slice.exchange !== null) return convertedParts(slice, account, when, change, ratesOf).parts
  const { changes } = slice.store
  const parts = expansionStrategies.map(() => 0)
  let rest = change
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    if (!isOf(changes, row, when) || !rowInSlice(slice, row)) continue
    parts[changes.strategy[row]!]! += changes.amount[row]!
    rest -= changes.amount[row]!
  }
  parts[otherwise]! += rest
  return parts
}

/**
 * Reads parts by strategy code of one account's months after the other, oldest first, where nothing is converted: one pass over its
 * rows. The array is used again: read it before the next month.
 */
export function monthPartsReader(slice: Slice): (account: number, month: Month, change: number) => Float64Array {
  const { changes } = slice.store
  const parts = new Float64Array(expansionStrategies.length)
  let reading = -1
  let row = 0
  return (account, month, change) => {
    if (account !== reading) row = changes.start[account]!
    reading = account
    const end = changes.start[account + 1]!
    let rest = change
    parts.fill(0)
    while (row < end && changes.month[row]! < month) row += 1
    for (; row < end && changes.month[row] === month; row += 1) {
      if (!rowInSlice(slice, row)) continue
      parts[changes.strategy[row]!]! += changes.amount[row]!
      rest -= changes.amount[row]!
    }
    parts[otherwise]! += rest
    return parts
  }
}

/** Of a movement's change, the parts that the slice's strategies made; all of it where they do not matter. */
export function countedOf(slice: Slice, account: number, when: When, change: number): number {
  const { strategies } = slice
  if (strategies === null) return change
  return strategyPartsOf(slice, account, when, change).reduce(
    (sum, part, code) => (strategies[code] === 1 ? sum + part : sum),
    0,
  )
}
