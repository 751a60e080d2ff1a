import type {
  Better,
  Compare,
  Completeness,
  MetricCard,
  MetricDefinition,
  MetricKey,
  MetricSeries,
  MetricUnit,
  MetricValue,
  UndefinedReason,
} from '@nobishiro/sdk'
import { addDays, addMonths } from '../format/month.ts'
import { aMoney } from './money.ts'

const LABELS: Partial<Record<MetricKey, [string, string]>> = {
  nrr: ['Net revenue retention', '売上継続率'],
  grr: ['Gross revenue retention', '総売上継続率'],
  expansion: ['Expansion', '拡大'],
  mrr: ['MRR', 'MRR（月次経常収益）'],
  revenueChurnRate: ['Revenue churn rate', '解約率（金額）'],
  expansionShare: ['Expansion share of growth', '成長に占める拡大の割合'],
  netMrrChurnRate: ['Net MRR churn rate', 'ネット解約率'],
  quickRatio: ['Quick ratio', 'クイックレシオ'],
  seats: ['Purchased seats', '購入席数'],
  fx: ['Currency effect', '為替影響額'],
}

/** A metric's definition. */
export function aDefinition(key: MetricKey): MetricDefinition {
  const [en, ja] = LABELS[key] ?? [key, key]
  return {
    key,
    unit: key === 'expansion' ? 'MONEY' : 'RATIO',
    better: 'HIGHER',
    topic: 'GROWTH',
    version: 'nobishiro/1',
    source: 'ledger',
    windows: key === 'expansion' ? [] : [1, 3, 12],
    label: { en, ja },
    description: { en: `${en}, as this tenant measures it.`, ja: `${ja}の説明です。` },
    formula: { en: 'closing ÷ opening', ja: '期末 ÷ 期首' },
  }
}

export interface ValueOptions {
  completeness?: Completeness
  reason?: UndefinedReason
}

/** One value of a ratio in the month that starts on a day. */
export function aValue(key: MetricKey, month: string, ratio: number | null, options: ValueOptions = {}): MetricValue {
  const { completeness = 'COMPLETE', reason = 'NO_OPENING_MRR' } = options
  const opening = 760_600
  const closing = Math.round(opening * (ratio ?? 0))
  const term = (en: string, ja: string, amount: number) => ({
    label: { en, ja },
    value: String(amount),
    unit: 'MONEY' as const,
    money: aMoney(amount),
  })
  return {
    period: { start: month, end: addMonths(month, 1) },
    value: ratio === null ? null : String(ratio),
    money: null,
    unit: 'RATIO',
    numerator: ratio === null ? null : term('closing', '期末', closing),
    denominator: ratio === null ? null : term('opening', '期首', opening),
    reason: ratio === null ? reason : null,
    completeness,
    restatedSince: completeness === 'RESTATED' ? '2026-11-12T02:30:00Z' : null,
    definition: { key, version: 'nobishiro/1', revision: 1, view: 'NOBISHIRO' },
    asOf: '2026-11-22T03:00:00Z',
    version: '48213',
  }
}

/** A series of ratios, one a month, that ends with October 2026. */
export function aSeries(key: MetricKey, ratios: (number | null)[], last: ValueOptions = {}): MetricSeries {
  const first = addMonths('2026-10-01', 1 - ratios.length)
  return {
    definition: aDefinition(key),
    unit: 'RATIO',
    currency: 'USD',
    window: 12,
    values: ratios.map((ratio, index) => ({
      ...aValue(
        key,
        addMonths(first, index),
        ratio,
        index === ratios.length - 1 ? last : { reason: last.reason ?? 'NO_OPENING_MRR' },
      ),
      previous: null,
    })),
    total: null,
    groups: [],
    rest: 0,
  }
}

export interface CardOptions extends ValueOptions {
  unit?: MetricUnit
  better?: Better
  currency?: string
  /** Months a ratio looks back over. */
  window?: number
  compare?: Compare
  bucket?: 'MONTH' | 'WEEK'
  /** What is wanted of the last month. */
  target?: string
  /** What is published of others. */
  benchmark?: MetricCard['definition']['benchmark']
}

/** A card's metric, one value a month up to October 2026, or a week up to that of 2 November; each month is set beside the one before, or a year before. */
export function aCard(key: MetricKey, values: (number | null)[], options: CardOptions = {}): MetricCard {
  const {
    unit = 'RATIO',
    better = 'HIGHER',
    currency = 'USD',
    window = null,
    compare = 'PREVIOUS',
    bucket = 'MONTH',
    target,
    benchmark,
    ...last
  } = options
  const isWeekly = bucket === 'WEEK'
  const step = (index: number) => (isWeekly ? addDays('2026-11-02', 7 * index) : addMonths('2026-10-01', index))
  const back = compare === 'PREVIOUS' ? 1 : isWeekly ? 52 : 12
  const reason = last.reason ?? 'NO_OPENING_MRR'
  const told = (value: number | null | undefined) => ({
    value: value == null ? null : String(value),
    reason: value == null ? reason : null,
  })
  return {
    definition: { ...aDefinition(key), unit, better, benchmark: benchmark ?? null },
    unit,
    currency,
    window,
    targets: values.map((_, index) => (index === values.length - 1 ? (target ?? null) : null)),
    values: values.map((value, index) => {
      const place = index + 1 - values.length
      const month = step(place)
      const { completeness, restatedSince, asOf, version } = aValue(key, month, value, {
        ...(index === values.length - 1 && last),
      })
      return {
        period: { start: month, end: step(place + 1) },
        ...told(value),
        completeness,
        restatedSince,
        asOf,
        version,
        previous: {
          period: { start: step(place - back), end: step(place + 1 - back) },
          ...told(values[index - back]),
        },
      }
    }),
  }
}
