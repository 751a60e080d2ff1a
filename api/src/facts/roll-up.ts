import type { AccountColumns, DictionaryColumn, Store, UsageColumns } from './column-store.ts'
import { reordered } from './columns.ts'
import type { Hierarchy } from './hierarchy.ts'
import { type Dated, rowsByAccountAndTime } from './row-order.ts'

/**
 * The same facts with the ultimate parents of a day as accounts. Both ends of every span are rolled up alike, so a child that moved
 * between parents is no one's loss and no one's gain.
 */
export function rollUp(store: Store, hierarchy: Hierarchy, day: string): Store {
  const tops = topsOf(store, hierarchy, day)
  const kept = store.accounts.ids.flatMap((_, account) => (tops[account] === account ? account : []))
  if (kept.length === tops.length) return store
  const placeOf = new Map(kept.map((account, place) => [account, place]))
  const places = Array.from(tops, (top) => placeOf.get(top) ?? 0)
  return {
    ...store,
    accounts: accountsOf(store.accounts, kept, places),
    changes: moved(store.changes, places, kept.length),
    outlook: moved(store.outlook, places, kept.length),
    logos: moved(store.logos, places, kept.length),
    observed: moved(store.observed, places, kept.length),
    closed: {
      ...store.closed,
      late: store.closed.late.map((line) => ({ ...line, account: places[line.account] ?? 0 })),
    },
    usage: usageOf(store.usage, places, kept.length),
  }
}

/** By account, the one at its top on a day; itself where the store does not know that one. */
export function topsOf({ accounts }: Store, hierarchy: Hierarchy, day: string): Uint32Array {
  const tops = Uint32Array.from(accounts.ids, (_, account) => account)
  for (const child of hierarchy.children) {
    const account = accounts.indexOf.get(child)
    const top = accounts.indexOf.get(hierarchy.ultimateParentOn(child, day))
    if (account !== undefined && top !== undefined) tops[account] = top
  }
  return tops
}

/** The rows of every account among those of the one it adds to. */
function moved<T extends Dated & { start: Uint32Array }>(rows: T, places: readonly number[], size: number): T {
  const { start: _, ...columns } = rows
  const { month, day } = rows
  const account = accountOfRow(rows.start, places)
  const { start, order } = rowsByAccountAndTime({ account, month, ...(day && { day }) }, size)
  return { ...rows, ...reordered(columns, order), start } // the same columns
}

function accountOfRow(start: Uint32Array, places: readonly number[]): Uint32Array {
  const account = new Uint32Array(start[start.length - 1] ?? 0)
  for (const [index, place] of places.entries()) account.fill(place, start[index], start[index + 1])
  return account
}

function accountsOf(accounts: AccountColumns, kept: readonly number[], places: readonly number[]): AccountColumns {
  const ids = kept.map((account) => accounts.ids[account] ?? '')
  // A parent signed up with the first of those that belong to it.
  const signedUp = new Uint16Array(kept.length)
  places.forEach((place, account) => {
    const month = accounts.signedUp[account]!
    if (month > 0 && (signedUp[place] === 0 || month < signedUp[place]!)) signedUp[place] = month
  })
  return {
    signedUp,
    ids,
    names: kept.map((account) => accounts.names[account] ?? ''),
    indexOf: new Map(ids.map((id, place) => [id, place])),
    region: Uint16Array.from(kept, (account) => accounts.region[account] ?? 0),
    attributes: new Map([...accounts.attributes].map(([key, column]) => [key, attributeOf(column, kept)])),
  }
}

/** A parent's own: those of its children are not its. */
function attributeOf({ values, codes, history }: DictionaryColumn, kept: readonly number[]): DictionaryColumn {
  return {
    values,
    codes: Uint32Array.from(kept, (account) => codes[account] ?? 0),
    history: new Map(
      kept.flatMap((account, place) => {
        const own = history.get(account)
        return own ? [[place, own] as const] : []
      }),
    ),
  }
}

/** What the children of one parent reported in a month, added up. */
function usageOf(usage: UsageColumns, places: readonly number[], size: number): UsageColumns {
  const account = accountOfRow(usage.start, places)
  const sums = new Map<string, { account: number; month: number; assigned: number; active: number }>()
  for (let row = 0; row < usage.month.length; row += 1) {
    const key = `${account[row]} ${usage.month[row]}`
    const sum = sums.get(key) ?? { account: account[row]!, month: usage.month[row]!, assigned: -1, active: -1 }
    sum.assigned = added(sum.assigned, usage.assigned[row]!)
    sum.active = added(sum.active, usage.active[row]!)
    sums.set(key, sum)
  }
  const rows = [...sums.values()]
  const columns = {
    account: Uint32Array.from(rows, (row) => row.account),
    month: Uint16Array.from(rows, (row) => row.month),
    assigned: Int32Array.from(rows, (row) => row.assigned),
    active: Int32Array.from(rows, (row) => row.active),
  }
  const { start, order } = rowsByAccountAndTime(columns, size)
  const { month, assigned, active } = reordered(columns, order)
  return { start, month, assigned, active }
}

/** -1 is "not reported". */
const added = (sum: number, reported: number): number => (reported < 0 ? sum : Math.max(sum, 0) + reported)
