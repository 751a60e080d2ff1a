import { belongsAt } from './belonging.ts'
import { type Axis, type Book, dayAt, kindAt, movedOf, movementCount, placeOf } from './book.ts'
import type { Store } from './column-store.ts'
import { kindCode } from './kind.ts'
import type { Month } from './month.ts'
import { inSlice, type Slice } from './slice.ts'

/** What an account is, from a month or a day on: whether it pays anything, and where it is open though it does not. */
type Standing = { month: Month; day: number; pays: boolean; open: boolean; sliceOpen: boolean }

/** Accounts that are open without MRR, of one account, place by place of an axis. */
export type LogoMoves = {
  /** Open without MRR at the close, in the slice. */
  isOpenAt: (place: number) => boolean
  /** Logos lost in the month beyond its CHURN movements: less those that a movement left open, more those that closed later. */
  lostIn: (place: number) => number
}

/** Which accounts were ever open without paying; undefined where none was. */
export function hasLogos({ logos: { start, month } }: Store): ((account: number) => boolean) | undefined {
  return month.length === 0 ? undefined : (account) => start[account] !== start[account + 1]
}

/** Reads account after account of a walk; null of one that never was open without paying. */
export function logoReader(slice: Slice, axis: Axis): (book: Book) => LogoMoves | null {
  const { start } = slice.store.logos
  return (book) => {
    if (start[book.account] === start[book.account + 1]) return null
    const byMonth = standings(slice, book.account, false)
    const named = book.days === null ? byMonth : standings(slice, book.account, true)
    const lost = new Float64Array(axis.length)
    for (const { month, sum } of [...closings(named), ...keptOpen(book, named, axis)]) {
      const place = month - axis.first
      if (place >= 0 && place < axis.length) lost[place]! += sum
    }
    return {
      isOpenAt: (place) => {
        if (!belongsAt(slice, book.account, axis.first + place)) return false
        const standing = byMonth.findLast(({ month }) => month <= axis.first + place)
        return standing !== undefined && !standing.pays && standing.sliceOpen
      },
      lostIn: (place) => (belongsAt(slice, book.account, axis.first + place) ? (lost[place] ?? 0) : 0),
    }
  }
}

/** After each month, or day, at which anything of the account changes, in order of time. */
function standings(slice: Slice, account: number, byDay: boolean): Standing[] {
  const { changes, logos } = slice.store
  const moves = [...rowsOf(changes, account), ...rowsOf(logos, account)].map((row) => ({
    ...row,
    day: byDay ? row.day : 0,
  }))
  moves.sort((a, b) => a.month - b.month || a.day - b.day)
  const paid = new Map<number, number>()
  let [open, sliceOpen] = [0, 0]
  return moves.flatMap((move, index) => {
    const { of, row, month, day } = move
    const amount = of.amount[row]!
    if (of === changes) paid.set(of.currency[row]!, (paid.get(of.currency[row]!) ?? 0) + amount)
    else {
      open += amount
      if (inSlice(slice, of.region[row]!, of.plan[row]!, of.currency[row]!)) sliceOpen += amount
    }
    const next = moves[index + 1]
    if (next?.month === month && next.day === day) return []
    const pays = [...paid.values()].some((sum) => sum > 0)
    return [{ month, day, pays, open: open > 0, sliceOpen: sliceOpen > 0 }]
  })
}

function rowsOf<T extends Slice['store']['logos']>(of: T, account: number) {
  const { start, month, day } = of
  return Array.from({ length: start[account + 1]! - start[account]! }, (_, index) => {
    const row = start[account]! + index
    return { of, row, month: month[row]!, day: day[row]! }
  })
}

type Loss = { month: Month; sum: number }

/** Those that were open without paying, and are no longer. */
function closings(named: readonly Standing[]): Loss[] {
  return named.flatMap((after, index) => {
    const before = named[index - 1]
    const closed = before && !before.pays && before.sliceOpen && !after.pays && !after.open
    return closed ? [{ month: after.month, sum: 1 }] : []
  })
}

/** CHURN movements of an account that stays open. */
function keptOpen(book: Book, named: readonly Standing[], { first }: Axis): Loss[] {
  const kept: Loss[] = []
  for (let index = 0; index < movementCount(book); index += 1) {
    if (kindAt(book, index) !== kindCode.CHURN || movedOf(book, index) === 0) continue
    const [month, day] = [first + placeOf(book, index), dayAt(book, index)]
    if (named.find((standing) => standing.month === month && standing.day === day)?.open) kept.push({ month, sum: -1 })
  }
  return kept
}
