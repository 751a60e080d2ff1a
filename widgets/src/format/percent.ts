import { formatNumber, type Numeric, THIN_SPACE } from './parts.ts'

const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const

/** A ratio in tenths of a per cent, rounded once: 1.12435 is 1124. Sums of these show as they add. */
export function toTenths(ratio: Numeric): number {
  return Math.round(Number((Number(ratio) * 1000).toPrecision(12)))
}

/** Tenths of a per cent as text without the sign: 1124 is "112.4". */
export function formatTenths(tenths: number, locale: string): string {
  return formatNumber(tenths / 10, locale, ONE_DECIMAL)
}

/** A ratio with one decimal and its sign: 1.124 is "112.4 %". */
export function formatPercent(ratio: Numeric, locale: string): string {
  return `${formatTenths(toTenths(ratio), locale)}${THIN_SPACE}%`
}

/** A ratio as a round label where it is one: 1.2 is "120 %", 1.125 is "112.5 %". */
export function formatRoundPercent(ratio: Numeric, locale: string): string {
  const tenths = toTenths(ratio)
  const digits = tenths % 10 === 0 ? 0 : 1
  return `${formatNumber(tenths / 10, locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })}${THIN_SPACE}%`
}
