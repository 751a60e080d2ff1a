import { at, fxAt, kindAt, movedOf, movementCount, placeOf, seatsAt } from './book.ts'
import { kindCode } from './kind.ts'
import type { MonthRange } from './month.ts'
import { addStrategyRows, isOfRows, parted } from './rows.ts'
import type { Slice } from './slice.ts'
import { closingOf, isInCohort, type SpanPair } from './spans.ts'
import { Step } from './step.ts'
import { addStrategies, emptyStrategies, type StrategySums } from './strategies.ts'
import { visitPeriods } from './visit-periods.ts'
import { axisOf, walk } from './walk.ts'

/** Every account's movements of a range, between its opening and closing. NaN where a rate is missing. */
export type PeriodBridge = {
  opening: Step
  closing: Step
  /** By kind code; code 0 is transfer. Signed. */
  kinds: Step[]
  /** Accounts that paid at some close of the bridge. */
  accounts: number
  strategies: StrategySums
}

export function bridgePeriod(slice: Slice, range: MonthRange): PeriodBridge {
  const axis = axisOf(slice, range.start - 1, range.end - 1)
  const from = range.start - axis.first
  const sums = new Float64Array(Object.keys(kindCode).length)
  const kinds = Array.from(sums, () => new Step())
  const bridge = { opening: new Step(), closing: new Step(), kinds, accounts: 0, strategies: emptyStrategies(axis) }
  const { even, rest } = isOfRows(slice) ? parted(slice) : { even: null, rest: slice }
  if (even) {
    addStrategyRows(bridge.strategies, even)
    visitPeriods(even, range, ({ account, opening, closing, seatsBefore, seatsAfter, moved }) => {
      bridge.accounts += 1
      bridge.opening.add(account, opening, seatsBefore, seatsAfter)
      bridge.closing.add(account, closing, seatsBefore, seatsAfter)
      for (let kind = 0; kind < kinds.length; kind += 1)
        kinds[kind]!.add(account, moved[kind]!, seatsBefore, seatsAfter)
    })
  }
  if (rest) addBooks(rest)
  return bridge

  function addBooks(slice: Slice): void {
    walk(slice, axis, (book) => {
      sums.fill(0)
      const opening = at(book, book.closing, from - 1)
      const seatsBefore = seatsAt(book, from - 1)
      const seatsAfter = seatsAt(book, axis.length - 1)
      let isIn = at(book, book.held, from - 1) > 0
      for (let index = 0; index < book.changes; index += 1) {
        const place = book.changed[index]!
        if (place < from) continue
        sums[kindCode.FX]! += fxAt(book, place)
        if (book.held[place]! > 0) isIn = true
      }
      for (let index = 0; index < movementCount(book); index += 1) {
        if (placeOf(book, index) < from) continue
        const moved = movedOf(book, index)
        sums[kindAt(book, index)]! += moved
        if (moved !== 0) isIn = true
      }
      if (!isIn) return
      bridge.accounts += 1
      bridge.opening.add(book.account, opening, seatsBefore, seatsAfter)
      bridge.closing.add(book.account, at(book, book.closing, axis.length - 1), seatsBefore, seatsAfter)
      for (let kind = 0; kind < sums.length; kind += 1)
        kinds[kind]!.add(book.account, sums[kind]!, seatsBefore, seatsAfter)
      addStrategies(bridge.strategies, slice, book)
    })
  }
}

/** The accounts of the opening, point to point; at its rates, or each end at its own. Losses are negative, NaN where a rate is missing. */
export type CohortBridge = Record<'opening' | 'expanded' | 'contracted' | 'lost' | 'closing', Step>

/** The accounts that paid at the close of `opening`, and what they pay at the close of `closing` (both months). */
export function bridgeCohort(slice: Slice, months: SpanPair): CohortBridge {
  const axis = axisOf(slice, months.opening, months.closing)
  const pair = { opening: months.opening - axis.first, closing: months.closing - axis.first }
  const [opening, expanded, contracted, lost, closing] = [new Step(), new Step(), new Step(), new Step(), new Step()]
  const add = (account: number, [before, after]: [number, number], isLost: boolean, seats: [number, number]) => {
    opening.add(account, before, ...seats)
    closing.add(account, after, ...seats)
    const step = isLost ? lost : after > before ? expanded : contracted
    step.add(account, after - before, ...seats)
  }
  const { even, rest } = isOfRows(slice) ? parted(slice) : { even: null, rest: slice }
  if (even)
    visitPeriods(even, { start: months.opening + 1, end: months.closing + 1 }, (one) => {
      if (one.opening === 0) return
      add(one.account, [one.opening, one.closing], one.closing === 0, [one.seatsBefore, one.seatsAfter])
    })
  if (rest)
    walk(rest, axis, (book) => {
      if (!isInCohort(book, pair.opening)) return
      const before = at(book, book.product, pair.opening)
      const after = closingOf(book, pair, rest.view.retentionCurrency)
      const isLost = at(book, book.productHeld, pair.closing) === 0
      add(book.account, [before, after], isLost, [seatsAt(book, pair.opening), seatsAt(book, pair.closing)])
    })
  return { opening, expanded, contracted, lost, closing }
}
