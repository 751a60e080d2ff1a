import type { RateRow } from '../rates.ts'
import type { ChangeRow } from '../store-rows.ts'

/**
 * The definitions of several currencies once more, one account at a time over plain rows and fractions of whole numbers. Shares no
 * code with the columns. Null: a rate is missing.
 */
type Fraction = [above: bigint, below: bigint]
export type Rates = { rows: readonly RateRow[]; reporting: string; today: string }

const DIGITS: Record<string, number> = { JPY: 0, USD: 2, EUR: 2, KWD: 3 }

function fraction(decimal: string): Fraction {
  const [whole = '0', part = ''] = decimal.split('.')
  return [BigInt(whole + part), 10n ** BigInt(part.length)]
}

function closeDay(month: number, today: string): string {
  const last = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10)
  return last < today ? last : today
}

/** Yen, in minor units, for one minor unit. */
function factor(currency: string, month: number, { rows, reporting, today }: Rates): Fraction | null {
  if (currency === reporting) return [1n, 1n]
  const close = closeDay(month, today)
  const usable = rows
    .filter((row) => row.currency === currency && row.day <= close)
    .filter((row) => (new Date(close).getTime() - new Date(row.day).getTime()) / 86_400_000 <= 7)
    .sort((a, b) => b.day.localeCompare(a.day))
  const best = usable[0]
  if (!best) return null
  const [rate, per] = [fraction(best.rate), fraction(best.per)]
  const scale = 10n ** BigInt(DIGITS[currency]! - DIGITS[reporting]!)
  return [rate[0] * per[1], rate[1] * per[0] * scale]
}

/** What each currency holds at a close, not below zero. */
export function holdings(rows: readonly ChangeRow[], month: number): Map<string, bigint> {
  const held = new Map<string, bigint>()
  for (const row of rows)
    if (row.month <= month) held.set(row.currency, (held.get(row.currency) ?? 0n) + BigInt(row.amountMinor))
  return new Map([...held].filter(([, amount]) => amount > 0n))
}

export const pays = (rows: readonly ChangeRow[], month: number): boolean => holdings(rows, month).size > 0

/** An account's MRR at a close, at the rates of another one; half to even. */
export function worth(rows: readonly ChangeRow[], month: number, ratesOf: number, rates: Rates): bigint | null {
  let sum: Fraction = [0n, 1n]
  for (const [currency, amount] of holdings(rows, month)) {
    const found = factor(currency, ratesOf, rates)
    if (!found) return null
    sum = [sum[0] * found[1] + amount * found[0] * sum[1], sum[1] * found[1]]
  }
  const [above, below] = sum
  const down = above / below
  const rest = 2n * (above - down * below)
  return rest > below || (rest === below && down % 2n === 1n) ? down + 1n : down
}

export type AccountMonth = {
  opening: bigint | null
  closing: bigint | null
  kind: 'NEW' | 'REACTIVATION' | 'CHURN' | 'EXPANSION' | 'CONTRACTION' | 'NONE' | 'UNKNOWN'
  /** At the rates of the previous close, signed. */
  moved: bigint | null
  fx: bigint | null
}

const less = (a: bigint | null, b: bigint | null) => (a === null || b === null ? null : a - b)
const same = (a: Map<string, bigint>, b: Map<string, bigint>) =>
  a.size === b.size && [...a].every(([currency, amount]) => b.get(currency) === amount)

export function accountMonth(rows: readonly ChangeRow[], month: number, rates: Rates): AccountMonth {
  const opening = worth(rows, month - 1, month - 1, rates)
  const closing = worth(rows, month, month, rates)
  const unmoved = worth(rows, month, month - 1, rates)
  const isChange = !same(holdings(rows, month - 1), holdings(rows, month))
  const moved = isChange ? less(unmoved, opening) : 0n
  const fx = isChange ? less(closing, unmoved) : less(closing, opening)
  return { opening, closing, moved, fx, kind: kindOf(rows, month, moved) }
}

function kindOf(rows: readonly ChangeRow[], month: number, moved: bigint | null): AccountMonth['kind'] {
  const [before, after] = [pays(rows, month - 1), pays(rows, month)]
  if (!before && !after) return 'NONE'
  if (!before) return rows.some((row) => row.month < month && pays(rows, row.month)) ? 'REACTIVATION' : 'NEW'
  if (!after) return 'CHURN'
  if (moved === null) return 'UNKNOWN'
  return moved === 0n ? 'NONE' : moved > 0n ? 'EXPANSION' : 'CONTRACTION'
}
