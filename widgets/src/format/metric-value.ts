import type { MetricUnit } from '@nobishiro/sdk'
import { formatCount, formatDecimal, formatMultiple } from './count.ts'
import { formatInUnit, type MoneyUnit } from './money.ts'
import { formatNumber, THIN_SPACE } from './parts.ts'
import { formatPercent, toTenths } from './percent.ts'

/** How one metric writes its values. Money is divided by one number, which the header names. */
export interface MetricFormat {
  unit: MetricUnit
  money: MoneyUnit
  locale: string
}

/** A value of a metric: 112.4 %, 842.0, 1,804 or ×3.2. */
export function formatMetric(value: number, { unit, money, locale }: MetricFormat): string {
  if (unit === 'RATIO') return formatPercent(value, locale)
  if (unit === 'MULTIPLE') return formatMultiple(value, locale)
  if (unit === 'NUMBER') return formatDecimal(value, locale)
  return unit === 'MONEY' ? formatInUnit(value, money, locale) : formatCount(value, locale)
}

const SIGNED = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const

/**
 * How far a value is from an earlier one, with its sign: ratios in points of a hundred, amounts and counts in per cent of the
 * earlier one, or as they are where that would say nothing. `isSame` where nothing of it shows.
 */
export function metricChange(
  value: number,
  before: number,
  format: MetricFormat,
  points: (text: string) => string,
): { text: string; isSame: boolean } {
  const { unit, money, locale } = format
  const shown = (difference: number, text: (signed: string) => string) => {
    const signed = formatNumber(difference, locale, SIGNED)
    return { text: text(signed), isSame: !/[1-9]/.test(signed) }
  }
  if (unit === 'RATIO') return shown((toTenths(value) - toTenths(before)) / 10, points)
  if (unit === 'MULTIPLE' || unit === 'NUMBER') return shown(value - before, (signed) => signed)
  if (before > 0 && value >= 0)
    return shown((toTenths(value / before) - 1000) / 10, (signed) => `${signed}${THIN_SPACE}%`)
  const text =
    unit === 'MONEY'
      ? formatInUnit(value - before, money, locale, true)
      : formatNumber(value - before, locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  return { text, isSame: value === before }
}
