import type { HeldLine } from './held.ts'
import type { LineChange } from './strategy.ts'
import { listExact } from './usage-amount.ts'

/** Why a level changed although plan and seats do not explain it; null when nothing says. */
export function reasonOf(changes: readonly LineChange[], change: LineChange, statusOnly = false): string | null {
  const before = side(changes, change, 'before')
  const after = side(changes, change, 'after')
  if (after?.status === 'PAUSED' && before?.status !== 'PAUSED') return 'PAUSE'
  if (before?.status === 'PAUSED' && after && after.status !== 'PAUSED') return 'RESUME'
  if (statusOnly || !before || !after) return null
  if (
    before.pricing.interval !== after.pricing.interval ||
    before.pricing.intervalCount !== after.pricing.intervalCount
  )
    return 'TERM_CHANGE'
  if (before.discounts !== after.discounts) return paidShareFell(before, after) ? 'DISCOUNT_START' : 'DISCOUNT_END'
  return after.renewed ? 'RENEWAL' : 'PRICE_CHANGE'
}

/** The line's own side, or in an exchange that of the line it stands against. */
function side(changes: readonly LineChange[], change: LineChange, which: 'before' | 'after'): HeldLine | null {
  return change[which] ?? changes.find((other) => other[which])?.[which] ?? null
}

/** True when less of the list price is paid than before. */
function paidShareFell(before: HeldLine, after: HeldLine): boolean {
  const was = listExact(before.pricing, before.quantity)
  const is = listExact(after.pricing, after.quantity)
  return after.level * is.denominator * was.numerator < before.level * was.denominator * is.numerator
}
