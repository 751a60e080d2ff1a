import type { Close } from '../facts/closed.ts'
import { firstDayOf, type Month } from '../facts/month.ts'
import type { Better } from '../metrics/vocabulary.ts'
import { parseDecimal } from '../shared/rational.ts'
import { heldIn, type Target } from '../targets/targets.ts'

/** A month as it stands beside what was wanted of it. */
export type Stand = { month: Month; value: string; target: string; isMet: boolean }

/** A closed month that meets its target where the one before did not, or the other way round. */
export type Crossing = { metric: string; now: Stand; before: Stand }

export type Judged = {
  targets: readonly Target[]
  closes: readonly Close[]
  /** When somebody began to listen: months that were closed earlier are history. */
  since: Date
  better: (metric: string) => Better
  /** Value of a metric in a month; null where it has none. */
  valueIn: (metric: string, month: Month) => string | null
}

const monthText = (month: Month) => firstDayOf(month).slice(0, 7)

/** Months that were closed at an instant or later, the oldest first. */
export function closedSince(closes: readonly Close[], since: Date): Month[] {
  const months: Month[] = []
  let through = Number.NEGATIVE_INFINITY
  for (const { month, closedAt } of closes) {
    const first = through === Number.NEGATIVE_INFINITY ? month : through + 1
    if (closedAt >= since) for (let each = first; each <= month; each += 1) months.push(each)
    through = Math.max(through, month)
  }
  return months
}

/**
 * Crossings of closed months, each judged by the target that held in it, against the month before, by its own target or where none held by the same. Only
 * months that were closed after somebody listened and the target was set; open months move too much to say that anything was crossed.
 */
export function crossingsOf({ targets, closes, since, better, valueIn }: Judged): Crossing[] {
  return [...new Set(targets.map(({ metric }) => metric))].flatMap((metric) => {
    const standOf = (month: Month, wanted: string | null): Stand | null => {
      const [value, target] = [valueIn(metric, month), heldIn(targets, metric, monthText(month))?.value ?? wanted]
      if (value === null || target === null) return null
      return { month, value, target, isMet: meets(value, target, better(metric)) }
    }
    return closedSince(closes, since).flatMap((month) => {
      const held = heldIn(targets, metric, monthText(month))
      if (!held?.value || (closedAtOf(closes, month) ?? since) < held.setAt) return []
      const [before, now] = [standOf(month - 1, held.value), standOf(month, null)]
      return before && now && before.isMet !== now.isMet ? [{ metric, now, before }] : []
    })
  })
}

const closedAtOf = (closes: readonly Close[], month: Month) => closes.find((close) => close.month >= month)?.closedAt

function meets(value: string, target: string, better: Better): boolean {
  const [a, b] = [parseDecimal(value), parseDecimal(target)]
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return better === 'LOWER' ? difference <= 0n : difference >= 0n
}
