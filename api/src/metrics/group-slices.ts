import type { AccountGroups } from '../facts/account-groups.ts'
import { type Belonging, both, NEVER, type Timeline, timelineOf } from '../facts/belonging.ts'
import type { ItemGroups } from '../facts/item-groups.ts'
import { keepItems, type Slice } from '../facts/slice.ts'

/** The accounts of a group and the items of another. Who they are is only worked out when asked: most groups are read in one pass with the others. */
export function partOf(
  slice: Slice,
  accounts: AccountGroups,
  items: ItemGroups,
  group: { account: number; item: number },
): Slice {
  const part = items.narrow(slice, group.item)
  if (accounts.codes[0]?.length === 0) return part
  const belonging = belongingTo(slice, accounts, group.account)
  return withAccounts({ ...part, belonging }, accounts, (one) => one === group.account)
}

/** When accounts belong to a group that is parted by attributes as they were: those that were not always the same. */
function belongingTo({ belonging }: Slice, { parts, codes }: AccountGroups, group: number): Belonging | null {
  const columns = parts.flatMap((part, place) =>
    'past' in part ? [{ column: part.past, code: codes[group]?.[place] }] : [],
  )
  if (columns.length === 0) return belonging
  const changing = new Set(columns.flatMap(({ column }) => [...column.history.keys()]))
  const times = new Map(belonging)
  for (const account of changing) {
    const when = columns.reduce<Timeline | boolean>(
      (before, { column, code }) =>
        both(
          before,
          timelineOf(column, account, (one) => one === code),
        ),
      belonging?.get(account) ?? true,
    )
    if (when !== true) times.set(account, when === false ? NEVER : when)
  }
  return times
}

/** The accounts that belong to one of some groups. */
export function withAccounts(
  slice: Slice,
  { start, group }: AccountGroups,
  isWanted: (group: number) => boolean,
): Slice {
  let found: Uint8Array | undefined
  return {
    ...slice,
    get accounts() {
      found ??= slice.accounts.map((isIn, account) => {
        for (let index = start[account]!; index < start[account + 1]!; index += 1)
          if (isWanted(group[index]!)) return isIn
        return 0
      })
      return found
    },
  }
}

/** Items of some groups alone, or of all the others. The items are parted by one column. */
export function withItems(slice: Slice, { parts, codes }: ItemGroups, isWanted: (group: number) => boolean): Slice {
  const [part] = parts
  if (!part) return slice
  const wanted = new Set(codes.flatMap((code, group) => (isWanted(group) ? code : [])))
  return keepItems(slice, part.column, (code) => wanted.has(part.codes[code]!))
}

/** What one strategy made of it; null where the question leaves that one out. */
export function withStrategy(slice: Slice, code: number): Slice | null {
  const { strategies } = slice
  if (strategies?.[code] === 0) return null
  return { ...slice, strategies: Uint8Array.from({ length: code + 1 }, (_, one) => (one === code ? 1 : 0)) }
}
