import { minorDigits } from './minor-digits.ts'
import { formatNumber, type Numeric, numberFormat } from './parts.ts'

/** How a whole chart writes its money: divided by one number, the unit named once. */
export interface MoneyUnit {
  divisor: number
  digits: number
  /** Named once, in the header: "$k", "万円". */
  label: string
}

const SCALES = {
  en: [
    { from: 1e13, divisor: 1e12, name: 'T' },
    { from: 1e10, divisor: 1e9, name: 'B' },
    { from: 1e7, divisor: 1e6, name: 'M' },
    { from: 1e4, divisor: 1e3, name: 'k' },
  ],
  ja: [
    { from: 1e13, divisor: 1e12, name: '兆' },
    { from: 1e9, divisor: 1e8, name: '億' },
    { from: 1e5, divisor: 1e4, name: '万' },
  ],
} as const

const isJapanese = (locale: string) => locale.startsWith('ja')

/** Digits that people of a currency read behind the point: 0 for JPY and HUF, 2 for USD, 3 for KWD. */
export function currencyDigits(currency: string): number {
  return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

function currencyName(currency: string, locale: string): string {
  const currencyDisplay = isJapanese(locale) ? 'name' : 'narrowSymbol'
  const parts = numberFormat(locale, { style: 'currency', currency, currencyDisplay }).formatToParts(1)
  return parts.find((part) => part.type === 'currency')?.value ?? currency
}

/** The units of a currency that a largest amount may be written in, the coarsest first. */
function unitsFor(largest: number, currency: string, locale: string): MoneyUnit[] {
  const name = currencyName(currency, locale)
  const gap = /[a-z]$/i.test(name) ? ' ' : ''
  const scaled = SCALES[isJapanese(locale) ? 'ja' : 'en']
    .filter(({ from }) => largest >= from)
    .map(({ divisor, name: scale }) => ({
      divisor,
      digits: 1,
      label: isJapanese(locale) ? `${scale}${name}` : `${name}${gap}${scale}`,
    }))
  return [...scaled, { divisor: 1, digits: largest >= 1000 ? 0 : currencyDigits(currency), label: name }]
}

/**
 * The one unit in which a picture's amounts read well, with one decimal: the one that suits its levels, unless its
 * changes would lose their digits in it.
 */
export function moneyUnit(
  levels: readonly number[],
  currency: string,
  locale: string,
  changes: readonly number[] = [],
): MoneyUnit {
  const sizes = changes.map(Math.abs).filter((size) => size > 0)
  const units = unitsFor(Math.max(0, ...levels.map(Math.abs), ...sizes), currency, locale)
  const reads = ({ divisor }: MoneyUnit) => Math.max(...sizes) >= divisor && Math.min(...sizes) >= divisor / 20
  return (sizes.length > 0 && units.find(reads)) || (units[sizes.length > 0 ? units.length - 1 : 0] as MoneyUnit) // never empty
}

/** An amount in the chart's unit: 842.0, or +24.6 where the sign matters. */
export function formatInUnit(amount: number, unit: MoneyUnit, locale: string, signed = false): string {
  return formatNumber(amount / unit.divisor, locale, {
    minimumFractionDigits: unit.digits,
    maximumFractionDigits: unit.digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
}

/** Digits that show every given amount exactly: none where all are whole. */
export function exactDigits(amounts: readonly Numeric[], currency: string): number {
  const whole = amounts.every((amount) => !String(amount).replace(/\.0+$/, '').includes('.'))
  return whole ? 0 : currencyDigits(currency)
}

/** An exact amount in major units without its currency, which the header names. */
export function formatAmount(amount: Numeric, digits: number, locale: string, signed = false): string {
  return formatNumber(amount, locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
}

/** A whole number of 10^-digits as a decimal string, exact: 12345n with 2 digits is "123.45". */
export function shiftedBy(digits: number, minor: bigint): string {
  if (digits === 0) return String(minor)
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  return `${minor < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Minor units as a decimal string in major units, exact: 12345n of USD is "123.45". */
export const minorToAmount = (minor: bigint, currency: string): string => shiftedBy(minorDigits(currency), minor)
