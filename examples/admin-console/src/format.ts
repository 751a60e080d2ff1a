import type { Money, ReportColumn } from '@nobishiro/sdk'
import { type Locale, usePreferences } from './preferences.ts'

type Decimal = `${number}` // amounts are decimal strings, which Intl formats exactly

/** Half-width yen and a real minus, so that columns of figures line up in both languages. */
const even = (figure: string) => figure.replace('￥', '¥').replace('-', '−')

const money = (locale: Locale, { amount, currency }: Money, options: Intl.NumberFormatOptions = {}) => {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...options,
  })
  return even(format.format(amount as Decimal))
}

const date = (locale: Locale, day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`))

/** Numbers, amounts and dates as the reader writes them. Days and months are the tenant's: they are never shifted. */
export const formatters = (locale: Locale) => ({
  count: (value: number) => new Intl.NumberFormat(locale).format(value),
  signedCount: (value: number) => even(new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value)),
  money: (value: Money) => money(locale, value),
  signedMoney: (value: Money) => money(locale, value, { signDisplay: 'exceptZero' }),
  shortMoney: (value: Money) =>
    money(locale, value, { notation: 'compact', maximumFractionDigits: 1, useGrouping: 'always' }),
  percent: (ratio: number) =>
    even(
      new Intl.NumberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
        signDisplay: 'exceptZero',
      }).format(ratio),
    ),
  /** A measure of a report, as its column says. */
  measure: (value: string, { unit, currency }: Pick<ReportColumn, 'unit' | 'currency'>) => {
    if (currency !== null) return money(locale, { amount: value, minor: value, currency })
    const isShare = unit === 'RATIO'
    const options: Intl.NumberFormatOptions = isShare
      ? { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }
      : { maximumFractionDigits: 1 }
    return even(new Intl.NumberFormat(locale, options).format(value as Decimal))
  },
  month: (day: string) => date(locale, day, { year: 'numeric', month: locale === 'ja' ? 'long' : 'short' }),
  day: (day: string) =>
    date(locale, day, { year: 'numeric', month: locale === 'ja' ? 'long' : 'short', day: 'numeric' }),
  time: (instant: number) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(instant),
})

export const useFormat = () => formatters(usePreferences().locale)
