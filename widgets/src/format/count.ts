import { formatNumber, type Numeric } from './parts.ts'

/** A whole number with separators: 1,804. */
export function formatCount(value: Numeric, locale: string): string {
  return formatNumber(value, locale, { maximumFractionDigits: 0 })
}

/** A multiple: ×16.7, and from a hundred on ×160. */
export function formatMultiple(value: Numeric, locale: string): string {
  const digits = Number(value) < 99.95 ? 1 : 0
  return `×${formatNumber(value, locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

/** A number with one decimal: 14.3. */
export function formatDecimal(value: Numeric, locale: string): string {
  return formatNumber(value, locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
}
