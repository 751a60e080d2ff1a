import type { Explanation, MetricTerm } from '@nobishiro/sdk'
import { formatCount, formatDecimal, formatMultiple } from '../format/count.ts'
import { currencyDigits, exactDigits, formatAmount, minorToAmount, moneyUnit } from '../format/money.ts'
import { formatPercent } from '../format/percent.ts'

/** How a drawer writes exact amounts: the currency once, the digits that all amounts need. */
export interface ExactMoney {
  /** Named in the headers. */
  label: string
  format: (minor: bigint, isSigned?: boolean) => string
}

/** Exact amounts of one currency, without digits behind the point where none of them has any. */
export function exactMoney(amounts: readonly bigint[], currency: string, locale: string): ExactMoney {
  const digits = exactDigits(
    amounts.map((amount) => minorToAmount(amount, currency)),
    currency,
  )
  return {
    label: moneyUnit([], currency, locale).label,
    format: (minor, isSigned = false) => formatAmount(minorToAmount(minor, currency), digits, locale, isSigned),
  }
}

/** Things that are counted, for a list of them. */
export const exactCounts = (locale: string): ExactMoney => ({
  label: '',
  format: (things, isSigned = false) => formatAmount(String(things), 0, locale, isSigned),
})

/** A term of the equation: an exact amount, or how many. */
export const termText = ({ money, value }: MetricTerm, exact: ExactMoney, locale: string): string =>
  money ? exact.format(BigInt(money.minor)) : formatCount(value, locale)

/** The explained number as the title names it; null when it has none. */
export function headline({ value, difference }: Explanation, locale: string): string | null {
  if (value.value === null) return null
  if (value.unit === 'RATIO') return formatPercent(value.value, locale)
  if (value.unit === 'MULTIPLE') return formatMultiple(value.value, locale)
  if (value.unit === 'NUMBER') return formatDecimal(value.value, locale)
  if (value.unit !== 'MONEY') return formatCount(value.value, locale)
  const { currency } = value.money ?? difference
  const digits = exactDigits([value.value], currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, digits === 0 ? 0 : currencyDigits(currency)),
  }).format(Number(value.value))
}
