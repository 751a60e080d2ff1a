import { MONTHS } from './calendar.ts'
import { type Close, closeOf, isLateFor, type LateLine } from './closed.ts'
import type { Store } from './column-store.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'

/** What must differ: the MRR or seats of an account, or how they are made up of plans, regions and strategies; the days of its changes too. */
export type Detail = 'ACCOUNT' | 'PART' | 'ACCOUNT_DAY' | 'PART_DAY'

/** An account's month that says something else than when it was closed. */
export type Restated = {
  account: number
  month: Month
  currency: string
  close: Close
  /** When the last of what changed it was recorded, in milliseconds since 1970. */
  since: number
}

/** Months of the slice that were changed after they were closed, with the instant of the last change. */
export function restatedMonths(slice: Slice, detail: Detail): ReadonlyMap<Month, number> {
  const before = monthsOf[detail].get(slice)
  if (before) return before
  const found = new Map<Month, number>()
  monthsOf[detail].set(slice, found)
  for (const { account, month, since } of restated(slice.store, detail)) {
    if (slice.accounts[account] === 1) found.set(month, Math.max(found.get(month) ?? 0, since))
  }
  return found
}

/** Whether an account's month was changed after it was closed. */
export function isRestated(store: Store, account: number, month: Month, detail: Detail): boolean {
  const keys =
    accountMonths[detail].get(store) ?? new Set(restated(store, detail).map((one) => one.account * 0x10000 + one.month))
  accountMonths[detail].set(store, keys)
  return keys.has(account * 0x10000 + month)
}

const byDetail = <Key extends object, Value>(): Record<Detail, WeakMap<Key, Value>> => ({
  ACCOUNT: new WeakMap(),
  PART: new WeakMap(),
  ACCOUNT_DAY: new WeakMap(),
  PART_DAY: new WeakMap(),
})
const monthsOf = byDetail<Slice, Map<Month, number>>()
const accountMonths = byDetail<Store, Set<number>>()
const known = byDetail<Store, Restated[]>()

/** Every account's months that were changed after they were closed. A change that was taken back entirely is none. */
export function restated(store: Store, detail: Detail): readonly Restated[] {
  const before = known[detail].get(store)
  if (before) return before
  const found = findRestated(store, detail)
  known[detail].set(store, found)
  return found
}

function findRestated({ calendar, closed: { closes, late } }: Store, detail: Detail): Restated[] {
  if (closes.length === 0) return []
  const last = calendar.placeOf(MONTHS.closeOf(Math.max(...closes.map(({ month }) => month))))
  const months = new Map<Month, Close | null>()
  // A week is closed with the month that holds its last day.
  const closeFor = (month: Month) => {
    if (!months.has(month)) months.set(month, closeOf(closes, MONTHS.placeOf(calendar.closeOf(month))))
    return months.get(month) ?? null
  }
  const groups = new Map<string, LateLine[]>()
  for (const line of late) {
    const key = `${line.account} ${line.currency}`
    const group = groups.get(key)
    if (group) group.push(line)
    else groups.set(key, [line])
  }
  return [...groups.values()].flatMap((lines) => {
    const [{ account, currency } = { account: 0, currency: '' }] = lines
    const found: Restated[] = []
    for (let month = Math.min(...lines.map((line) => line.month)); month <= last; month += 1) {
      const close = closeFor(month)
      const counting = close ? lines.filter((line) => isLateFor(line, month, close)) : []
      if (close && differs(counting, month, detail))
        found.push({ account, month, currency, close, since: Math.max(...counting.map((line) => line.recordedAt)) })
    }
    return found
  })
}

/** The month's own changes differ, or what was held at its close does. */
function differs(lines: readonly LateLine[], month: Month, detail: Detail): boolean {
  const sums = new Map<string, { amount: number; seats: number }>()
  const add = (key: string, { amount, seats }: LateLine) => {
    const sum = sums.get(key) ?? { amount: 0, seats: 0 }
    sums.set(key, { amount: sum.amount + amount, seats: sum.seats + seats })
  }
  for (const line of lines) {
    const part = detail === 'PART' || detail === 'PART_DAY' ? line.part : ''
    const day = detail === 'ACCOUNT_DAY' || detail === 'PART_DAY' ? line.day : ''
    add(`held ${part}`, line)
    if (line.month === month) add(`changed ${day} ${part}`, line)
  }
  return [...sums.values()].some(({ amount, seats }) => amount !== 0 || seats !== 0)
}
