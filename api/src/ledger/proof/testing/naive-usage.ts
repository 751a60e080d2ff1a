import { type Fraction, fromText, nearest, over, plus, times, whole, ZERO } from './fraction.ts'

/** One metered subscription of a customer, day numbers from 1 January 2024, and what it used. */
export type MeteredLife = {
  customer: string
  start: number
  end: number | null
  unit: string
  used: { day: number; quantity: number }[]
}

export const dayText = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
const monthOf = (day: number): number => {
  const date = new Date(Date.UTC(2024, 0, 1 + day))
  return (date.getUTCFullYear() - 2024) * 12 + date.getUTCMonth()
}

/**
 * MRR of a customer at the end of a day, as the definition reads: the mean of the closed months before it, three at most, in which the
 * subscription ran. A month is closed once anybody used anything on its last day or later. Shares no code with the ledger.
 */
export function usageMrr(life: MeteredLife, everybody: readonly MeteredLife[], day: number): bigint {
  if (day < life.start || (life.end !== null && day >= life.end)) return 0n
  const latest = Math.max(...everybody.flatMap(({ used }) => used.map((each) => each.day)))
  const months: Fraction[] = []
  for (let month = monthOf(day) - 1; months.length < 3 && month >= monthOf(life.start); month -= 1) {
    // Its last day is the one whose tomorrow lies in another month.
    const isClosed = monthOf(latest + 1) > month
    if (!isClosed) continue
    const units = life.used
      .filter((each) => monthOf(each.day) === month)
      .reduce((sum, { quantity }) => sum + quantity, 0)
    months.push(times(fromText(life.unit), whole(BigInt(units))))
  }
  return months.length === 0 ? 0n : nearest(over(months.reduce(plus, ZERO), whole(BigInt(months.length))))
}
