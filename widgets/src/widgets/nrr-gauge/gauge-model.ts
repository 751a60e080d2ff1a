import type { Table } from '../../chart/table.ts'
import type { TrendPoint } from '../../chart/trend-line.tsx'
import { formatMonth, lastMonth } from '../../format/month.ts'
import { formatPercent, formatRoundPercent, formatTenths, toTenths } from '../../format/percent.ts'
import type { Messages } from '../../i18n/en.ts'
import { languageOf } from '../../i18n/messages.ts'
import type { Terms } from '../../i18n/terms.ts'
import type { Retention, RetentionMonth } from '../../queries/retention.ts'
import { gaugeAngle, gaugeMax, SWEEP } from './gauge-scale.ts'
import { gaugeWords } from './gauge-words.ts'

export type GaugeMetric = 'nrr' | 'grr'

/** A stretch of the arc: what was kept, what was grown on top, the room to the target. */
export interface GaugePart {
  key: 'kept' | 'grown' | 'room'
  from: number
  to: number
  label: string
}

export interface GaugeModel {
  term: string
  short: string
  /** The number in the middle; null shows the reason instead. */
  value: string | null
  reason: string | null
  kept: string | null
  grown: string | null
  lost: string | null
  parts: GaugePart[]
  target: { angle: number; label: string } | null
  ends: [string, string]
  points: TrendPoint[]
  summary: string
  table: Table
}

export interface GaugeInput {
  retention: Retention
  metric: GaugeMetric
  target: number | undefined
  text: Messages
  terms: Terms
  locale: string
}

const SHORT: Record<GaugeMetric, string> = { nrr: 'NRR', grr: 'GRR' }

function partsOf({ retention: { current }, metric, target, locale }: GaugeInput, max: number): GaugePart[] {
  const words = gaugeWords[languageOf(locale)]
  const shown = current[metric]
  const parts: GaugePart[] = []
  const add = (key: GaugePart['key'], from: number, to: number, label: string) => {
    if (to - from > 0.05) parts.push({ key, from, to, label })
  }
  const kept = current.grr === null ? null : gaugeAngle(current.grr, max)
  if (kept !== null && current.grr !== null) {
    add('kept', -SWEEP, kept, words.partKept(formatPercent(current.grr, locale)))
  }
  if (metric === 'nrr' && kept !== null && current.nrr !== null && current.grownTenths !== null) {
    const grown = formatPercent(current.grownTenths / 1000, locale)
    add('grown', kept, gaugeAngle(current.nrr, max), words.partGrown(grown))
  }
  if (target !== undefined && shown !== null) {
    const room = formatPercent((toTenths(target) - toTenths(shown)) / 1000, locale)
    add('room', gaugeAngle(shown, max), gaugeAngle(target, max), words.partRoom(room))
  }
  return parts
}

function tableOf({ retention, metric, terms, text, locale }: GaugeInput): Table {
  const cell = (month: RetentionMonth, key: GaugeMetric) =>
    month[key] === null ? (month.reason ? text.reasons[month.reason] : '') : formatPercent(month[key], locale)
  return {
    caption: terms[metric],
    columns: [
      { label: text.gauge.columnMonth, isNumber: false },
      { label: SHORT.nrr, isNumber: true },
      { label: SHORT.grr, isNumber: true },
    ],
    rows: retention.months.map((month) => [monthLabel(month, text, locale), cell(month, 'nrr'), cell(month, 'grr')]),
    values: retention.months.map((month) => [lastMonth(month.period), month.nrr, month.grr]),
  }
}

/** A month's name, and in words when it is still in progress. */
function monthLabel(month: RetentionMonth, text: Messages, locale: string): string {
  const name = formatMonth(lastMonth(month.period), locale)
  return month.completeness === 'COMPLETE' ? name : `${name} (${text.completeness[month.completeness]})`
}

function summaryOf({ retention, metric, target, text, terms, locale }: GaugeInput): string {
  const words = gaugeWords[languageOf(locale)]
  const { current, window } = retention
  const value = current[metric]
  if (value === null) return current.reason ? text.reasons[current.reason] : ''
  const period = text.gauge.window(window, formatMonth(lastMonth(current.period), locale))
  const tenths = (count: number) => formatPercent(count / 1000, locale)
  const gap = locale.startsWith('ja') ? '' : ' '
  const sentences = [words.summary(terms[metric], formatPercent(value, locale), period)]
  if (metric === 'nrr' && current.keptTenths !== null && current.grownTenths !== null) {
    sentences.push(words.summaryParts(tenths(current.keptTenths), tenths(current.grownTenths)))
  }
  if (metric === 'grr') sentences.push(words.summaryLost(tenths(1000 - toTenths(value))))
  if (target !== undefined) sentences.push(words.summaryTarget(formatRoundPercent(target, locale)))
  return sentences.join(gap)
}

/** Everything the gauge shows, in the reader's language. */
export function gaugeModel(input: GaugeInput): GaugeModel {
  const { retention, metric, target, text, terms, locale } = input
  const { current } = retention
  const value = current[metric]
  const max = gaugeMax(Math.max(value ?? 0, target ?? 0, 1))
  const isNet = metric === 'nrr'
  const words = gaugeWords[languageOf(locale)]
  return {
    term: terms[metric],
    short: SHORT[metric],
    value: value === null ? null : formatPercent(value, locale),
    reason: value === null && current.reason ? text.reasons[current.reason] : null,
    kept: isNet && current.keptTenths !== null ? words.kept(formatTenths(current.keptTenths, locale)) : null,
    grown: isNet && current.grownTenths !== null ? words.grown(formatTenths(current.grownTenths, locale)) : null,
    lost: isNet || value === null ? null : words.lost(formatTenths(1000 - toTenths(value), locale)),
    parts: partsOf(input, max),
    target:
      target === undefined
        ? null
        : { angle: gaugeAngle(target, max), label: words.target(formatRoundPercent(target, locale)) },
    ends: ['0', formatRoundPercent(max, locale)],
    points: retention.months.map((month) => ({
      month: lastMonth(month.period),
      label: formatMonth(lastMonth(month.period), locale),
      value: month[metric],
      shown: month[metric] === null ? null : formatPercent(month[metric], locale),
      completeness: month.completeness,
    })),
    summary: summaryOf(input),
    table: tableOf(input),
  }
}
