import { type Close, isLateFor, type LateLine } from './closed.ts'
import type { Store } from './column-store.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'

/** A month of one currency, account by account and then summed: whole minor units. */
export type MonthFigures = {
  opening: number
  new: number
  expansion: number
  reactivation: number
  contraction: number
  churn: number
  closing: number
}

/** A closed month in one currency: what it says now, and what it said when it was closed. */
export type ClosedFigures = { now: MonthFigures; reported: MonthFigures }
export type ClosedMonth = { month: Month; currency: string; close: Close }

type Change = { month: Month; amount: number }

const nothing = (): MonthFigures => ({
  opening: 0,
  new: 0,
  expansion: 0,
  reactivation: 0,
  contraction: 0,
  churn: 0,
  closing: 0,
})

/** Figures of closed months, in their own currency and without any rate, for the accounts of the slice. */
export function closedFigures(slice: Slice, months: readonly ClosedMonth[]): ClosedFigures[] {
  const { store, accounts } = slice
  const found = months.map((): ClosedFigures => ({ now: nothing(), reported: nothing() }))
  const late = lateLines(store)
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    const held = changesOf(store, account)
    months.forEach(({ month, currency, close }, index) => {
      const changes = held.get(currency) ?? []
      const sums = found[index]!
      addMonth(sums.now, changes, month)
      const back = (late.get(account) ?? [])
        .filter((line) => line.currency === currency && isLateFor(line, month, close))
        .map((line) => ({ month: line.month, amount: -line.amount }))
      const before = back.length > 0 ? [...changes, ...back].sort((a, b) => a.month - b.month) : changes
      addMonth(sums.reported, before, month)
    })
  }
  return found
}

function lateLines({ closed }: Store): Map<number, LateLine[]> {
  const found = new Map<number, LateLine[]>()
  for (const line of closed.late) {
    const lines = found.get(line.account)
    if (lines) lines.push(line)
    else found.set(line.account, [line])
  }
  return found
}

function changesOf({ changes, currencies }: Store, account: number): Map<string, Change[]> {
  const found = new Map<string, Change[]>()
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    const currency = currencies[changes.currency[row]!] ?? ''
    const list = found.get(currency) ?? []
    list.push({ month: changes.month[row]!, amount: changes.amount[row]! })
    found.set(currency, list)
  }
  return found
}

/** Adds what a month was for one account whose changes come by month; zero cases first. */
function addMonth(sums: MonthFigures, changes: readonly Change[], month: Month): void {
  let level = 0
  let opening = 0
  let paidBefore = false
  for (let index = 0; index < changes.length && changes[index]!.month <= month; index += 1) {
    level += changes[index]!.amount
    const isClose = changes[index + 1]?.month !== changes[index]!.month
    if (!isClose || changes[index]!.month === month) continue
    opening = Math.max(level, 0)
    if (opening > 0) paidBefore = true
  }
  const closing = Math.max(level, 0)
  sums.opening += opening
  sums.closing += closing
  if (opening === 0 && closing > 0) sums[paidBefore ? 'reactivation' : 'new'] += closing
  else if (closing === 0) sums.churn += opening
  else if (closing > opening) sums.expansion += closing - opening
  else sums.contraction += opening - closing
}
