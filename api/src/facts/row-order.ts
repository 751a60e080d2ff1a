/** `order[i]` is the row that comes i-th; the rows of account `a` are `start[a] … start[a + 1] - 1`. */
export type RowOrder = { start: Uint32Array; order: Uint32Array }

/** Sorts rows by account, then month, keeping the order of equal ones: two counting sorts, linear in rows. */
export function rowsByAccountAndMonth(account: Uint32Array, month: Uint16Array, accounts: number): RowOrder {
  const byMonth = countingSort(month, 0x10000, null)
  return countingSort(account, accounts, byMonth.order)
}

function countingSort(keys: Uint32Array | Uint16Array, distinct: number, input: Uint32Array | null): RowOrder {
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
