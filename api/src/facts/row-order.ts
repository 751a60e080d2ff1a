import type { Columns } from './columns.ts'

/** `order[i]` is the row that comes i-th; the rows of account `a` are `start[a] … start[a + 1] - 1`. */
export type RowOrder = { start: Uint32Array; order: Uint32Array }

/** Rows that belong to an account and a month, and perhaps to a day of it. */
export type Dated = Columns & { month: Uint16Array; day?: Uint8Array }

const DAYS = 32

/** Sorts rows by account, then month and day, keeping the order of equal ones: two counting sorts, linear in rows. */
export function rowsByAccountAndTime(
  { account, month, day }: Dated & { account: Uint32Array },
  accounts: number,
): RowOrder {
  const first = month.reduce((least, one) => Math.min(least, one), 0xffff)
  const last = month.reduce((most, one) => Math.max(most, one), first)
  const time = new Uint32Array(month.length)
  for (let row = 0; row < time.length; row += 1) time[row] = (month[row]! - first) * DAYS + (day?.[row] ?? 0)
  const byTime = countingSort(time, (last - first + 1) * DAYS, null)
  return countingSort(account, accounts, byTime.order)
}

function countingSort(keys: Uint32Array, distinct: number, input: Uint32Array | null): RowOrder {
  const start = new Uint32Array(distinct + 1)
  for (const key of keys) start[key + 1]! += 1
  for (let key = 0; key < distinct; key += 1) start[key + 1]! += start[key]!
  const next = start.slice()
  const order = new Uint32Array(keys.length)
  for (let position = 0; position < keys.length; position += 1) {
    const row = input ? input[position]! : position
    const key = keys[row]!
    order[next[key]!] = row
    next[key]! += 1
  }
  return { start, order }
}
