import { OUTLOOK_KINDS } from '../ledger/outlook.ts'
import { rational, roundHalfEven } from '../shared/rational.ts'
import { belongsAt } from './belonging.ts'
import type { Axis } from './book.ts'
import type { Store } from './column-store.ts'
import type { Month } from './month.ts'
import { inSlice, type Slice } from './slice.ts'

/** Place of a kind in the columns. */
export const outlookCode = { PENDING: OUTLOOK_KINDS.indexOf('PENDING'), TRIAL: OUTLOOK_KINDS.indexOf('TRIAL') } as const

/** Per place of an axis: what stands beside MRR at the close, at its rates. NaN where a rate is missing. */
export type OutlookLevels = { pending: Float64Array; trial: Float64Array }

/** Sums over a slice, place by place of an axis. */
export function outlookLevels(slice: Slice, axis: Axis): OutlookLevels {
  const levels = { pending: new Float64Array(axis.length), trial: new Float64Array(axis.length) }
  const { month, kind, amount } = slice.store.outlook
  if (slice.exchange !== null || slice.belonging !== null) {
    for (let place = 0; place < axis.length; place += 1) {
      const { pending, trial } = outlookByAccount(slice, axis.first + place)
      levels.pending[place] = pending.reduce((sum, one) => sum + one, 0)
      levels.trial[place] = trial.reduce((sum, one) => sum + one, 0)
    }
    return levels
  }
  visit(slice, (row) => {
    const place = Math.max(month[row]! - axis.first, 0)
    if (place >= axis.length) return
    levels[kind[row] === outlookCode.TRIAL ? 'trial' : 'pending'][place]! += amount[row]!
  })
  for (const column of [levels.pending, levels.trial])
    for (let place = 1; place < axis.length; place += 1) column[place]! += column[place - 1]!
  return levels
}

/** By account, at the close of a month. */
export function outlookByAccount(slice: Slice, at: Month): OutlookLevels {
  const size = slice.accounts.length
  const levels = { pending: new Float64Array(size), trial: new Float64Array(size) }
  const { month, kind, amount, currency } = slice.store.outlook
  const foreign = new Map<number, { account: number; kind: number; currency: number; amount: number }>()
  visit(slice, (row, account) => {
    if (month[row]! > at || !belongsAt(slice, account, at)) return
    if (slice.exchange === null) {
      levels[kind[row] === outlookCode.TRIAL ? 'trial' : 'pending'][account]! += amount[row]!
      return
    }
    const key = (account * 256 + currency[row]!) * 2 + kind[row]!
    const sum = foreign.get(key) ?? { account, kind: kind[row]!, currency: currency[row]!, amount: 0 }
    sum.amount += amount[row]!
    foreign.set(key, sum)
  })
  for (const sum of foreign.values()) {
    const found = levels[sum.kind === outlookCode.TRIAL ? 'trial' : 'pending']
    found[sum.account]! += sum.amount === 0 ? 0 : converted(slice, sum.currency, at, sum.amount)
  }
  return levels
}

function converted({ exchange }: Slice, currency: number, month: Month, amount: number): number {
  const factor = exchange?.factorAt(currency, month)
  if (!factor) return Number.NaN
  return Number(roundHalfEven(rational(BigInt(amount) * factor.numerator, factor.denominator)))
}

function visit(slice: Slice, each: (row: number, account: number) => void): void {
  const { start, region, plan, currency } = slice.store.outlook
  for (const account of accountsWithOutlook(slice.store)) {
    if (slice.accounts[account] === 0) continue
    for (let row = start[account]!; row < start[account + 1]!; row += 1)
      if (inSlice(slice, region[row]!, plan[row]!, currency[row]!)) each(row, account)
  }
}

/** Accounts that ever had something beside MRR: few of many. */
export function accountsWithOutlook(store: Store): Uint32Array {
  const known = withOutlook.get(store)
  if (known) return known
  const { start } = store.outlook
  const found = Uint32Array.from(store.accounts.ids.keys()).filter((account) => start[account]! < start[account + 1]!)
  withOutlook.set(store, found)
  return found
}

/** A store never changes. */
const withOutlook = new WeakMap<Store, Uint32Array>()
