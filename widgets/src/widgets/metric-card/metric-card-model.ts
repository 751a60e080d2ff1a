import type { Better, Compare, MetricCard, MetricCardValue } from '@nobishiro/sdk'
import type { Table } from '../../chart/table.ts'
import type { TrendPoint } from '../../chart/trend-line.tsx'
import { formatMetric, type MetricFormat, metricChange } from '../../format/metric-value.ts'
import { moneyUnit } from '../../format/money.ts'
import type { Language } from '../../i18n/messages.ts'
import { isRetention, type Terms } from '../../i18n/terms.ts'
import type { CardBucket } from '../../queries/metric-card.ts'
import { periodsOf } from './card-periods.ts'
import type { CardText } from './card-words.ts'

/** Whether a change is good news. */
export type News = 'good' | 'bad' | 'neither'

export interface CardModel {
  title: string
  subtitle: string[]
  /** What the line is, for a screen reader. */
  trend: string
  /** The last month's value; null shows the reason instead. */
  value: string | null
  reason: string | null
  /** Against what it is compared with; null where there is nothing to compare. */
  change: { text: string; comparison: string; news: News } | null
  /** Why nothing is compared, though it was asked for; null where there is a change, or no value. */
  noChange: string | null
  /** What is wanted of it, and what is published of others: a line each. */
  beside: string[]
  points: TrendPoint[]
  domain: [number, number]
  /** Zero, where the line crosses it. */
  rule: { value: number; label: string } | null
  summary: string
  table: Table
}

export interface CardInput {
  card: MetricCard
  bucket: CardBucket
  compare: Compare
  text: CardText
  terms: Terms
  language: Language
  locale: string
}

const numberOf = (value: { value: string | null } | null | undefined) =>
  value?.value == null ? null : Number(value.value)

/** The metric's name: the tenant's own for NRR and GRR, else the registry's. */
export function titleOf({
  card,
  text,
  terms,
  language,
}: Pick<CardInput, 'card' | 'text' | 'terms' | 'language'>): string {
  const { key, label } = card.definition
  return isRetention(key) ? text.gauge.title(terms[key], key.toUpperCase()) : label[language]
}

/** A rise is good where more is better, and bad where less is. */
function newsOf(difference: number, better: Better): News {
  if (better === 'NEITHER' || difference === 0) return 'neither'
  return difference > 0 === (better === 'HIGHER') ? 'good' : 'bad'
}

function changeOf({ card, bucket, text, locale }: CardInput, last: MetricCardValue, format: MetricFormat) {
  const [value, before] = [numberOf(last), numberOf(last.previous)]
  if (value === null || !last.previous) return { change: null, noChange: null }
  const month = periodsOf(bucket, text, locale).spoken(last.previous.period)
  if (before === null) return { change: null, noChange: text.card.noBefore(month) }
  const { text: shown, isSame } = metricChange(value, before, format, text.card.points)
  const news = isSame ? 'neither' : newsOf(value - before, card.definition.better)
  const words = { good: text.card.better, bad: text.card.worse, neither: isSame ? text.card.same : text.card.against }
  return { change: { text: isSame ? '' : shown, comparison: words[news](month), news }, noChange: null }
}

/** What the tenant wants of the last month, and how far it is from that. */
function targetLine({ card, text }: CardInput, value: number | null, format: MetricFormat): string[] {
  const wanted = card.targets.at(-1)
  if (wanted == null) return []
  const shown = formatMetric(Number(wanted), format)
  const { better } = card.definition
  if (value === null || better === 'NEITHER') return [text.card.target(shown)]
  const isReached = better === 'HIGHER' ? value >= Number(wanted) : value <= Number(wanted)
  if (isReached) return [text.card.targetReached(shown)]
  return [text.card.targetOpen(shown, metricChange(value, Number(wanted), format, text.card.points).text)]
}

function benchmarkLine({ card, text, language }: CardInput, format: MetricFormat): string[] {
  const { benchmark } = card.definition
  if (!benchmark) return []
  const ends = [benchmark.low, ...(benchmark.high === null ? [] : [benchmark.high])]
  const figures = ends.map((end) => formatMetric(Number(end), format)).join(' – ')
  return [text.card.benchmark(figures, benchmark.source[language])]
}

function tableOf(input: CardInput, title: string, format: MetricFormat, unit: string | null): Table {
  const { card, bucket, compare, text, locale } = input
  const periods = periodsOf(bucket, text, locale)
  const cell = (value: { value: string | null; reason: MetricCardValue['reason'] } | null) => {
    const shown = numberOf(value)
    if (shown !== null) return formatMetric(shown, format)
    return value?.reason ? text.reasons[value.reason] : ''
  }
  return {
    caption: unit ? `${title} (${unit})` : title,
    columns: [
      { label: periods.column, isNumber: false },
      { label: title, isNumber: true },
      { label: compare === 'YEAR_AGO' ? periods.columnYearAgo : periods.columnPrevious, isNumber: true },
    ],
    rows: card.values.map((value) => {
      const month = periods.label(value.period)
      const name = value.completeness === 'COMPLETE' ? month : `${month} (${text.completeness[value.completeness]})`
      return [name, cell(value), cell(value.previous)]
    }),
    values: card.values.map((value) => [periods.day(value.period), value.value, value.previous?.value ?? null]),
  }
}

/** From the smallest to the largest value, with room around a line that does not move. */
function domainOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (low < high) return [low, high]
  const room = Math.max(Math.abs(low), 1)
  return [low - room, high + room]
}

/** Everything a card shows, in the reader's language. `card.values` is not empty. */
export function cardModel(input: CardInput): CardModel {
  const { card, text, locale, language } = input
  const title = titleOf(input)
  const last = card.values.at(-1) as MetricCardValue // an empty range is an empty card
  const values = card.values.flatMap((value) => numberOf(value) ?? [])
  const money = moneyUnit(values, card.currency, locale)
  const format: MetricFormat = { unit: card.unit, money, locale }
  const periods = periodsOf(input.bucket, text, locale)
  const period =
    card.window === null ? periods.label(last.period) : text.gauge.window(card.window, periods.end(last.period))
  const unit = card.unit === 'MONEY' ? money.label : null
  const shown = numberOf(last)
  const value = shown === null ? null : formatMetric(shown, format)
  const reason = shown === null && last.reason ? text.reasons[last.reason] : null
  const { change, noChange } = changeOf(input, last, format)
  const beside = [...targetLine(input, shown, format), ...benchmarkLine(input, format)]
  const spoken = value !== null && unit ? `${value} (${unit})` : value
  const sentences = [
    spoken === null ? text.card.summaryReason(title, reason ?? '', period) : text.card.summary(title, spoken, period),
    ...(change ? [text.card.summaryChange(change.text, change.comparison)] : []),
    ...beside.map((line) => (language === 'ja' ? `${line}。` : `${line}.`)),
  ]
  const domain = domainOf(values)
  return {
    title,
    subtitle: unit ? [period, unit] : [period],
    trend: periods.trend(title, card.values.length),
    value,
    reason,
    change,
    noChange,
    beside,
    points: card.values.map((one) => {
      const amount = numberOf(one)
      return {
        month: periods.day(one.period),
        label: periods.label(one.period),
        tick: periods.tick(one.period),
        value: amount,
        shown: amount === null ? null : formatMetric(amount, format),
        completeness: one.completeness,
      }
    }),
    domain,
    rule: Math.min(...values) < 0 && Math.max(...values) > 0 ? { value: 0, label: '0' } : null,
    summary: sentences.join(locale.startsWith('ja') ? '' : ' '),
    table: tableOf(input, title, format, unit),
  }
}
