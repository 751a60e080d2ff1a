import { multiply, parseDecimal, type Rational, rational } from '../shared/rational.ts'

/** `per` of the currency were `rate` of the tenant's on that day; exact decimals. */
export type RateRow = { currency: string /** YYYY-MM-DD */; day: string; rate: string; per: string }

/** A rate older than this at a close does not count. */
const CARRIED_DAYS = 7
const DAY_MS = 86_400_000

export function ratesByCurrency(rows: readonly RateRow[]): Map<string, RateRow[]> {
  const found = new Map<string, RateRow[]>()
  for (const row of [...rows].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const known = found.get(row.currency)
    if (known) known.push(row)
    else found.set(row.currency, [row])
  }
  return found
}

/** The last rate at or before the close of what ends with a day, which is today for what is not over. */
export function rateAtClose(rows: readonly RateRow[], last: string, today: string): RateRow | null {
  const close = last < today ? last : today
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.day <= close) low = middle + 1
    else high = middle
  }
  const row = rows[low - 1]
  return row && Date.parse(close) - Date.parse(row.day) <= CARRIED_DAYS * DAY_MS ? row : null
}

/** What one unit of the currency is in the tenant's. */
export function unitsOf({ rate, per }: RateRow): Rational {
  const { numerator, denominator } = parseDecimal(per)
  return multiply(parseDecimal(rate), rational(denominator, numerator))
}
