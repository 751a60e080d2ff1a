import { rational, roundHalfEven } from '../shared/rational.ts'
import { exchangeOf } from './exchange.ts'
import type { Month } from './month.ts'
import type { Slice } from './slice.ts'

/** Amounts that no change of MRR holds, in the currency of the answer at the rates of their month's close, rounded once; NaN where a rate is missing. */
export type MoneyOf = (amount: number, currency: number, month: Month) => number

export function moneyOf({ store, answerIn }: Slice): MoneyOf {
  const { currency, today } = answerIn ?? { currency: store.currency, today: '' }
  const exchange = exchangeOf(store, currency, today)
  return (amount, code, month) => {
    const factor = exchange.factorAt(code, month)
    if (!factor) return Number.NaN
    if (factor.near === 1) return amount
    return Number(roundHalfEven(rational(BigInt(amount) * factor.numerator, factor.denominator)))
  }
}
