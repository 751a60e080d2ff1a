import { rational, roundHalfEven } from '../shared/rational.ts'
import { type MoneyOf, moneyOf } from './money-of.ts'
import type { Month, MonthRange } from './month.ts'
import type { Slice } from './slice.ts'

/** What was spent in a month on a category, and what of it went into expansion and into new business: both add to it. */
export type Spent = { month: Month; category: string; expansion: number; fresh: number }

/** Spend whose gains fall into the periods, which is so many months later. What is not allocated is left out. */
export function visitSpend(
  slice: Slice,
  periods: readonly MonthRange[],
  visit: (spent: Spent, period: number) => void,
): void {
  const { spend, costs } = slice.store
  const money: MoneyOf = moneyOf(slice)
  for (const { month, category, currency, amount } of spend) {
    const share = costs.expansionShareOf(category)
    const gainedIn = month + costs.lag
    if (share === null || !periods.some(({ start, end }) => gainedIn >= start && gainedIn < end)) continue
    const all = money(amount, currency, month)
    const expansion = Number.isNaN(all)
      ? Number.NaN
      : Number(roundHalfEven(rational(BigInt(all) * share.numerator, share.denominator)))
    periods.forEach(({ start, end }, period) => {
      if (gainedIn >= start && gainedIn < end) visit({ month, category, expansion, fresh: all - expansion }, period)
    })
  }
}
