import { type Axis, type Book, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import { kindCode } from './kind.ts'
import type { LogoMoves } from './logos.ts'
import type { MonthRange } from './month.ts'
import type { OutlookLevels } from './outlook.ts'
import type { StrategySums } from './strategies.ts'

/** Per place of the axis: levels at the close, and movement amounts and counts by kind code. All are exact integers, or NaN. */
export type Flows = {
  axis: Axis
  /** Converted closings are added place by place, since one that is missing says nothing of the next. */
  isLevels: boolean
  closing: Float64Array
  /** Accounts with a closing above zero. */
  paying: Float64Array
  seats: Float64Array
  /** Signed change of the slice, by kind code, then place; code 0 is transfer: a slice moved while its account stood still. */
  change: Float64Array[]
  /** Movements of a slice, by kind code, then place: an account has one a month, or one a day where days are netted. */
  accounts: Float64Array[]
  /** What stands beside MRR at the close. Few metrics ask. */
  outlook: () => OutlookLevels
  /** Accounts of the slice that are open at the close without paying. */
  openLogos: Float64Array
  /** Logos lost beyond the CHURN movements of a place, signed. */
  lostLogos: Float64Array
}

export function emptyFlows(axis: Axis): Flows {
  const column = () => new Float64Array(axis.length)
  const byKind = () => Array.from(Object.keys(kindCode), column)
  return {
    axis,
    isLevels: false,
    closing: column(),
    paying: column(),
    seats: column(),
    change: byKind(),
    accounts: byKind(),
    outlook: () => ({ pending: column(), trial: column() }),
    openLogos: column(),
    lostLogos: column(),
  }
}

/** Adds one account: only its changes. The levels are complete after `sumLevels`. */
export function addFlows(flows: Flows, book: Book): void {
  if (book.days !== null || book.exchange !== null) {
    addOneByOne(flows, book)
    return
  }
  const { closing, seats, kind, changed, changes } = book
  const { change, accounts, closing: closings, paying, seats: seatSums } = flows
  let before = 0
  let seatsBefore = 0
  for (let index = 0; index < changes; index += 1) {
    const place = changed[index]!
    const [after, seatsAfter] = [closing[place]!, seats[place]!]
    seatSums[place]! += seatsAfter - seatsBefore
    seatsBefore = seatsAfter
    if (after === before) continue
    const code = kind[place]!
    change[code]![place]! += after - before
    accounts[code]![place]! += 1
    closings[place]! += after - before
    if (before === 0) paying[place]! += 1
    else if (after === 0) paying[place]! -= 1
    before = after
  }
}

/** Adds what one account is beyond what it pays. */
export function addLogos(flows: Flows, { from }: Book, logos: LogoMoves | null): void {
  if (logos === null) return
  for (let place = from; place < flows.axis.length; place += 1) {
    if (logos.isOpenAt(place)) flows.openLogos[place]! += 1
    flows.lostLogos[place]! += logos.lostIn(place)
  }
}

function addOneByOne(flows: Flows, book: Book): void {
  const { closing, held, seats, changed, exchange } = book
  let before = 0
  let wasHeld = false
  let seatsBefore = 0
  for (let index = 0; index < book.changes; index += 1) {
    const place = changed[index]!
    flows.seats[place]! += seats[place]! - seatsBefore
    seatsBefore = seats[place]!
    const isHeld = held[place]! > 0
    if (isHeld !== wasHeld) flows.paying[place]! += isHeld ? 1 : -1
    wasHeld = isHeld
    if (exchange === null) flows.closing[place]! += closing[place]! - before
    before = closing[place]!
    const fx = exchange === null ? 0 : exchange.fx[place]!
    if (fx === 0) continue
    flows.change[kindCode.FX]![place]! += fx
    flows.accounts[kindCode.FX]![place]! += 1
  }
  addMovements(flows, book)
  if (exchange === null) return
  flows.isLevels = true
  for (let place = book.from; place < flows.axis.length; place += 1) flows.closing[place]! += closing[place]!
}

function addMovements(flows: Flows, book: Book): void {
  for (let index = 0; index < movementCount(book); index += 1) {
    const moved = movedOf(book, index)
    if (moved === 0) continue
    const [code, place] = [kindAt(book, index), placeOf(book, index)]
    flows.change[code]![place]! += moved
    flows.accounts[code]![place]! += 1
    if (code === kindCode.NONE && Number.isNaN(moved)) addUnknown(flows, place)
  }
}

/** Without a rate nobody can say whether the account grew or shrank. */
function addUnknown({ change }: Flows, place: number): void {
  for (const code of [kindCode.EXPANSION, kindCode.CONTRACTION]) change[code]![place] = Number.NaN
}

/**
 * Leaves of all changes the parts that some strategies (by code) made of expansion and contraction; the others carry none. What nobody can
 * name stays unknown.
 */
export function keepStrategies({ change }: Flows, sums: readonly StrategySums[], strategies: Uint8Array): void {
  change.forEach((column, kind) => {
    const parts = sums.find((one) => one.kind === kind)?.parts.filter((_, code) => strategies[code] === 1) ?? []
    for (let place = 0; place < column.length; place += 1) {
      const isUnknown = Number.isNaN(column[place]!)
      column[place] = isUnknown ? Number.NaN : parts.reduce((sum, part) => sum + part[place]!, 0)
    }
  })
}

/** Turns the changes of the levels into the levels. */
export function sumLevels({ axis, isLevels, closing, paying, seats }: Flows): void {
  for (const column of isLevels ? [paying, seats] : [closing, paying, seats]) {
    for (let place = 1; place < axis.length; place += 1) column[place]! += column[place - 1]!
  }
}

/** What happened in a period: levels at its ends, and the sums of its monthly movements. */
export type PeriodFlows = {
  opening: number
  closing: number
  closingAccounts: number
  seats: number
  new: number
  expansion: number
  contraction: number
  churn: number
  reactivation: number
  /** What exchange rates made of it. */
  fx: number
  /** Open at the start: they pay, or are kept open without paying; and how many of such were lost. */
  openingAccounts: number
  churnedAccounts: number
  /** At the close: agreed and not in effect, and what trials would pay. */
  pending: number
  trial: number
}

/** Longer periods sum monthly flows. */
export function sumFlows(flows: Flows, { start, end }: MonthRange): PeriodFlows {
  const from = start - flows.axis.first
  const to = end - flows.axis.first
  const sum = (column: Float64Array | undefined) => {
    let total = 0
    for (let place = from; place < to; place += 1) total += column?.[place] ?? 0
    return total
  }
  const level = (column: Float64Array, place: number) => column[place] ?? 0
  return {
    opening: level(flows.closing, from - 1),
    closing: level(flows.closing, to - 1),
    closingAccounts: level(flows.paying, to - 1),
    seats: level(flows.seats, to - 1),
    new: sum(flows.change[kindCode.NEW]),
    expansion: sum(flows.change[kindCode.EXPANSION]),
    contraction: 0 - sum(flows.change[kindCode.CONTRACTION]),
    churn: 0 - sum(flows.change[kindCode.CHURN]),
    reactivation: sum(flows.change[kindCode.REACTIVATION]),
    fx: sum(flows.change[kindCode.FX]),
    openingAccounts: level(flows.paying, from - 1) + level(flows.openLogos, from - 1),
    churnedAccounts: sum(flows.accounts[kindCode.CHURN]) + sum(flows.lostLogos),
    get pending() {
      return level(flows.outlook().pending, to - 1)
    },
    get trial() {
      return level(flows.outlook().trial, to - 1)
    },
  }
}
