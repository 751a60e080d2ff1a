import type { Explanation } from '@nobishiro/sdk'
import { currencyDigits, exactDigits, formatAmount, minorToAmount, moneyUnit } from '../format/money.ts'
import { formatPercent } from '../format/percent.ts'

/** How a drawer writes exact money: the currency once, the digits that all amounts need. */
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

/** The explained number as the title names it; null when it has none. */
export function headline({ value, difference }: Explanation, locale: string): string | null {
  if (value.value === null) return null
  if (value.unit === 'RATIO') return formatPercent(value.value, locale)
  if (value.unit !== 'MONEY') return formatAmount(value.value, 0, locale)
  const { currency } = value.money ?? difference
  const digits = exactDigits([value.value], currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, digits === 0 ? 0 : currencyDigits(currency)),
  }).format(Number(value.value))
}
