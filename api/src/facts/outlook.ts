import { OUTLOOK_KINDS } from '../ledger/outlook.ts'
import type { Month } from './month.ts'
import { rowInPlace, type Slice } from './slice.ts'
import type { Axis } from './walk.ts'

/** Place of a kind in the columns. */
export const outlookCode = { PENDING: OUTLOOK_KINDS.indexOf('PENDING'), TRIAL: OUTLOOK_KINDS.indexOf('TRIAL') } as const

/** Per place of an axis: what stands beside MRR at the close. */
export type OutlookLevels = {
  pending: Float64Array
  trial: Float64Array
  /** Some of it is in another currency than was asked for. */
  isForeign: boolean
}

/** Sums over a slice, place by place of an axis. */
export function outlookLevels(slice: Slice, axis: Axis, currency: string): OutlookLevels {
  const levels = { pending: new Float64Array(axis.length), trial: new Float64Array(axis.length), isForeign: false }
  const { month, kind, amount } = slice.store.outlook
  const own = slice.store.currencies.indexOf(currency)
  visit(slice, (row) => {
    const place = Math.max(month[row]! - axis.first, 0)
    if (place >= axis.length) return
    if (slice.store.outlook.currency[row] !== own) levels.isForeign = true
    levels[kind[row] === outlookCode.TRIAL ? 'trial' : 'pending'][place]! += amount[row]!
  })
  for (const column of [levels.pending, levels.trial])
    for (let place = 1; place < axis.length; place += 1) column[place]! += column[place - 1]!
  return levels
}

/** By account, at the close of a month. */
export function outlookByAccount(slice: Slice, at: Month): Pick<OutlookLevels, 'pending' | 'trial'> {
  const size = slice.accounts.length
  const levels = { pending: new Float64Array(size), trial: new Float64Array(size) }
  const { month, kind, amount } = slice.store.outlook
  visit(slice, (row, account) => {
    if (month[row]! <= at) levels[kind[row] === outlookCode.TRIAL ? 'trial' : 'pending'][account]! += amount[row]!
  })
  return levels
}

function visit(slice: Slice, each: (row: number, account: number) => void): void {
  const { start, region, plan } = slice.store.outlook
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    for (let row = start[account]!; row < start[account + 1]!; row += 1)
      if (rowInPlace(slice, region[row]!, plan[row]!)) each(row, account)
  }
}
