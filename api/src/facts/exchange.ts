import { minorDigits } from '../shared/money.ts'
import { multiply, type Rational, rational } from '../shared/rational.ts'
import { lastDayIn } from './calendar.ts'
import type { Store } from './column-store.ts'
import type { Month } from './month.ts'
import { type RateRow, rateAtClose, unitsOf } from './rates.ts'

/** Minor units of the answer's currency for one minor unit of another; exact, and as near as a number comes. */
export type Factor = Rational & { near: number }

/** How amounts become one currency, month by month. */
export type Exchange = {
  currency: string
  /** The factor at the close of a month, by currency code; null where a rate is missing. */
  factorAt(code: number, month: Month): Factor | null
  /** The imported rate behind it; null for the reporting currency, and where it is missing. */
  rateAt(currency: string, month: Month): RateRow | null
}

const ONE: Factor = { numerator: 1n, denominator: 1n, near: 1 }

const known = new WeakMap<Store, Map<string, Exchange>>()

/** The exchange of a store into a currency, by what is known on a day. Into another than the reporting one, rates are crossed. */
export function exchangeOf(store: Store, currency: string, today: string): Exchange {
  const byQuestion = known.get(store) ?? new Map<string, Exchange>()
  known.set(store, byQuestion)
  const key = `${currency} ${today}`
  const found = byQuestion.get(key) ?? makeExchange(store, currency, today)
  if (!byQuestion.has(key) && byQuestion.size >= MOST_KEPT) byQuestion.clear()
  byQuestion.set(key, found)
  return found
}

/** Exchanges of one store: a few currencies and days are asked for, not all. */
const MOST_KEPT = 64

function makeExchange(store: Store, currency: string, today: string): Exchange {
  const factors = new Map<number, Factor | null>()
  const rateAt = (from: string, month: Month) =>
    from === store.currency ? null : rateAtClose(store.rates.get(from) ?? [], lastDayIn(store.calendar, month), today)
  const worth = (from: string, month: Month): Rational | null => {
    if (from === store.currency) return rational(1n)
    const row = rateAt(from, month)
    return row && unitsOf(row)
  }
  const make = (from: string, month: Month): Factor | null => {
    if (from === currency) return ONE
    const [above, below] = [worth(from, month), worth(currency, month)]
    if (above === null || below === null) return null
    const units = multiply(above, rational(below.denominator, below.numerator))
    const scale = rational(10n ** BigInt(minorDigits(currency)), 10n ** BigInt(minorDigits(from)))
    return factor(multiply(units, scale))
  }
  return {
    currency,
    rateAt,
    factorAt(code, month) {
      const key = month * 256 + code
      const found = factors.get(key)
      if (found !== undefined) return found
      const made = make(store.currencies[code] ?? '', month)
      factors.set(key, made)
      return made
    },
  }
}

function factor({ numerator, denominator }: Rational): Factor {
  const divisor = greatestDivisor(numerator, denominator)
  const [above, below] = [numerator / divisor, denominator / divisor]
  const near = Number(above) / Number(below)
  // Only the answer's own currency is exactly 1.
  return { numerator: above, denominator: below, near: near === 1 ? 1 + Number.EPSILON : near }
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
