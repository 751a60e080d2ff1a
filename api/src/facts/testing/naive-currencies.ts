import type { RateRow } from '../rates.ts'
import type { ChangeRow } from '../store-rows.ts'

/**
 * The definitions of several currencies once more, one account at a time over plain rows and fractions of whole numbers. Shares no
 * code with the columns. Null: a rate is missing.
 */
type Fraction = [above: bigint, below: bigint]
/** Months, unless `closeOf` says on which day a place closes. */
export type Rates = {
  rows: readonly RateRow[]
  reporting: string
  today: string
  closeOf?: (place: number) => string
}

const DIGITS: Record<string, number> = { JPY: 0, USD: 2, EUR: 2, KWD: 3 }

function fraction(decimal: string): Fraction {
  const [whole = '0', part = ''] = decimal.split('.')
  return [BigInt(whole + part), 10n ** BigInt(part.length)]
}

const endOfMonth = (month: number) =>
  new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10)

function closeDay(month: number, { today, closeOf = endOfMonth }: Rates): string {
  const last = closeOf(month)
  return last < today ? last : today
}

/** Yen, in minor units, for one minor unit. */
function factor(currency: string, month: number, rates: Rates): Fraction | null {
  const { rows, reporting } = rates
  if (currency === reporting) return [1n, 1n]
  const close = closeDay(month, rates)
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

export const accountMonth = (rows: readonly ChangeRow[], month: number, rates: Rates): AccountMonth =>
  between(rows, [month - 1, month], rates, (row) => row.month)

/** From one close to the next, of netting whose close after a row is `closeAfter`. */
export function between(
  rows: readonly ChangeRow[],
  [before, month]: readonly [before: number, month: number],
  rates: Rates,
  closeAfter: (row: ChangeRow) => number,
): AccountMonth {
  const opening = worth(rows, before, before, rates)
  const closing = worth(rows, month, month, rates)
  const unmoved = worth(rows, month, before, rates)
  const isChange = !same(holdings(rows, before), holdings(rows, month))
  const paidBefore = rows.some((row) => closeAfter(row) <= before && pays(rows, closeAfter(row)))
  const moved = isChange ? less(unmoved, opening) : 0n
  const fx = isChange ? less(closing, unmoved) : less(closing, opening)
  return { opening, closing, moved, fx, kind: kindOf(pays(rows, before), pays(rows, month), moved, paidBefore) }
}

function kindOf(before: boolean, after: boolean, moved: bigint | null, paidBefore: boolean): AccountMonth['kind'] {
  if (!before && !after) return 'NONE'
  if (!before) return paidBefore ? 'REACTIVATION' : 'NEW'
  if (!after) return 'CHURN'
  if (moved === null) return 'UNKNOWN'
  return moved === 0n ? 'NONE' : moved > 0n ? 'EXPANSION' : 'CONTRACTION'
}
