/** What an account event said of a parent: null where it named none. */
export type ParentSaid = { account: string; from: string; parent: string | null }

/** Who belongs to whom on a day. */
export type Hierarchy = {
  /** The account at the top on a day (YYYY-MM-DD); itself where it belongs to nobody. */
  ultimateParentOn(account: string, day: string): string
  /** Accounts that ever had a parent. */
  children: readonly string[]
  /** Days on which someone came to belong to somebody else, ascending. */
  days: readonly string[]
}

/** The first thing said of an account holds from the beginning; of one day the last word of the alphabet wins, whatever came first. */
export function hierarchyOf(said: readonly ParentSaid[]): Hierarchy {
  const byAccount = new Map<string, ParentSaid[]>()
  for (const one of [...said].sort(inOrder)) {
    const list = byAccount.get(one.account) ?? []
    if (list.at(-1)?.parent !== one.parent) list.push(one)
    byAccount.set(one.account, list)
  }
  const parentOn = (account: string, day: string): string | null => {
    const list = byAccount.get(account)
    return (list?.findLast(({ from }) => from <= day) ?? list?.[0])?.parent ?? null
  }
  return {
    ultimateParentOn: (account, day) => topOf(account, (child) => parentOn(child, day)),
    children: [...byAccount].flatMap(([account, list]) => (list.some(({ parent }) => parent !== null) ? account : [])),
    days: [...new Set([...byAccount.values()].flatMap((list) => list.slice(1).map(({ from }) => from)))].sort(),
  }
}

/** Those who belong to each other in a circle belong to nobody: each stands for itself, and whoever is below for the one it reaches. */
function topOf(account: string, parentOf: (account: string) => string | null): string {
  const path = [account]
  for (let parent = parentOf(account); parent !== null; parent = parentOf(parent)) {
    const met = path.indexOf(parent)
    if (met >= 0) return path[met] ?? account
    path.push(parent)
  }
  return path.at(-1) ?? account
}

function inOrder(a: ParentSaid, b: ParentSaid): number {
  return compare(a.account, b.account) || compare(a.from, b.from) || compare(a.parent ?? '', b.parent ?? '')
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
