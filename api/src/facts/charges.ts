import { moneyOf } from './money-of.ts'
import type { MonthRange } from './month.ts'
import { observedCode } from './observed.ts'
import type { Slice } from './slice.ts'

/** What was charged apart from MRR, by account and period. A charge is of its account's region and of no plan. */
export function visitCharges(
  slice: Slice,
  periods: readonly MonthRange[],
  visit: (account: number, period: number, amount: number) => void,
): void {
  const { observed, accounts } = slice.store
  const money = moneyOf(slice)
  if (slice.isOfPlans) return
  for (let account = 0; account < slice.accounts.length; account += 1) {
    if (slice.accounts[account] === 0) continue
    if (slice.regions !== null && slice.regions[accounts.region[account]!] === 0) continue
    for (let row = observed.start[account]!; row < observed.start[account + 1]!; row += 1) {
      if (observed.kind[row] !== observedCode.CHARGE) continue
      if (slice.currencies !== null && slice.currencies[observed.currency[row]!] === 0) continue
      const month = observed.month[row]!
      periods.forEach(({ start, end }, period) => {
        if (month >= start && month < end)
          visit(account, period, money(observed.amount[row]!, observed.currency[row]!, month))
      })
    }
  }
}
