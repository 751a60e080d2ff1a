import type { Hierarchy } from './hierarchy.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'
import { walkCloses } from './walk.ts'

/** A group of accounts under one parent: who of it pays at closes. Lists follow the closes. */
export type Group = {
  /** The account at its top. */
  top: number
  /** Accounts that pay, the one at the top too when it does. */
  children: number[]
  /** Different departments among them, as the attribute `department` names them. */
  departments: number[]
  /** Different regions among what they pay for. */
  regions: number[]
  /** NaN where a rate is missing. */
  mrr: number[]
}

const DEPARTMENT = 'department'

/** Every group of more than one account under the ultimate parents of a day. */
export function groupsOf(slice: Slice, hierarchy: Hierarchy, day: string, closes: readonly Month[]): Group[] {
  const { store } = slice
  const topOf = new Map<number, number>()
  for (const child of hierarchy.children) {
    const [account, top] = [child, hierarchy.ultimateParentOn(child, day)].map((id) => store.accounts.indexOf.get(id))
    if (account === undefined || top === undefined || account === top) continue
    topOf.set(account, top)
    topOf.set(top, top)
  }
  const groups = new Map<number, Group & { named: Set<number>[]; placed: Set<number>[] }>()
  const departments = store.accounts.attributes.get(DEPARTMENT)
  walkCloses(slice, closes, (book, places) => {
    const top = topOf.get(book.account)
    if (top === undefined) return
    const zeros = () => closes.map(() => 0)
    const sets = () => closes.map(() => new Set<number>())
    const group = groups.get(top) ?? {
      top,
      children: zeros(),
      departments: zeros(),
      regions: zeros(),
      mrr: zeros(),
      named: sets(),
      placed: sets(),
    }
    groups.set(top, group)
    places.forEach((place, close) => {
      if (place < book.from || book.held[place] === 0) return
      group.children[close]! += 1
      group.mrr[close]! += book.closing[place]!
      const department = departments?.codes[book.account] ?? 0
      if (department > 0) group.named[close]!.add(department)
      for (const region of regionsAt(slice, book.account, closes[close]!)) group.placed[close]!.add(region)
    })
  })
  return [...groups.values()].map(({ named, placed, ...group }) => ({
    ...group,
    departments: named.map(({ size }) => size),
    regions: placed.map(({ size }) => size),
  }))
}

/** Regions in which the account pays for something at a close; what names no region is in none. */
function regionsAt({ store: { changes } }: Slice, account: number, close: Month): number[] {
  const held = new Map<string, { region: number; amount: number }>()
  for (let row = changes.start[account]!; row < changes.start[account + 1]! && changes.month[row]! <= close; row += 1) {
    const region = changes.region[row]!
    const key = `${region} ${changes.currency[row]}`
    const sum = held.get(key) ?? { region, amount: 0 }
    sum.amount += changes.amount[row]!
    held.set(key, sum)
  }
  return [...held.values()].flatMap(({ region, amount }) => (region > 0 && amount > 0 ? region : []))
}
