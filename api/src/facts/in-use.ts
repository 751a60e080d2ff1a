import type { Month } from './month.ts'
import { observedCode } from './observed.ts'
import type { Slice } from './slice.ts'

/** What an account held of a kind by the close of a month; null where nothing of the kind had been told of it by then. */
export type InUse = Set<number> | null

/** The names that are in use at a close: of each teller and name the last word counts. */
export function inUse(
  { store: { observed } }: Slice,
  account: number,
  kind: 'FEATURE' | 'INTEGRATION',
  at: Month,
): InUse {
  const last = new Map<string, { name: number; amount: number }>()
  for (let row = observed.start[account]!; row < observed.start[account + 1]! && observed.month[row]! <= at; row += 1) {
    if (observed.kind[row] !== observedCode[kind]) continue
    const name = observed.name[row]!
    last.set(`${observed.teller[row]} ${name}`, { name, amount: observed.amount[row]! })
  }
  if (last.size === 0) return null
  return new Set([...last.values()].flatMap(({ name, amount }) => (amount > 0 ? name : [])))
}
