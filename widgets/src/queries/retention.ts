import type { Completeness, MetricSeries, MetricValue, UndefinedReason } from '@nobishiro/sdk'
import { toTenths } from '../format/percent.ts'

/** Half-open: the end is not included. */
export type Period = MetricValue['period']

/** NRR and GRR of one month's window. Ratios as 1.124; null with a reason when undefined. */
export interface RetentionMonth {
  period: Period
  nrr: number | null
  grr: number | null
  /** GRR in tenths of a per cent, as shown. */
  keptTenths: number | null
  /** NRR less GRR as shown, so that kept + grown is the shown NRR. */
  grownTenths: number | null
  reason: UndefinedReason | null
  completeness: Completeness
}

/** What the gauge draws. */
export interface Retention {
  months: RetentionMonth[]
  current: RetentionMonth
  /** Months the ratio looks back over. */
  window: number
  /** The API's own values of the current month, with terms, definition and version. */
  values: { nrr: MetricValue; grr: MetricValue }
}

const ratio = (value: MetricValue | undefined) => (value?.value == null ? null : Number(value.value))

function monthOf(nrr: MetricValue, grr: MetricValue | undefined): RetentionMonth {
  const net = ratio(nrr)
  const gross = ratio(grr)
  return {
    period: nrr.period,
    nrr: net,
    grr: gross,
    keptTenths: gross === null ? null : toTenths(gross),
    grownTenths: net === null || gross === null ? null : toTenths(net) - toTenths(gross),
    reason: nrr.reason ?? grr?.reason ?? null,
    completeness: nrr.completeness,
  }
}

/** Joins the two series by month; null when there is no month at all. */
export function readRetention(series: MetricSeries[], window: number): Retention | null {
  const nrr = series.find(({ definition }) => definition.key === 'nrr')
  const grr = series.find(({ definition }) => definition.key === 'grr')
  const last = nrr?.values.at(-1)
  const lastGross = grr?.values.at(-1)
  if (!nrr || !last || !lastGross) return null
  const months = nrr.values.map((value, index) => monthOf(value, grr?.values[index]))
  const current = months.at(-1) as RetentionMonth // months is as long as values, which has a last
  return { months, current, window: nrr.window ?? window, values: { nrr: last, grr: lastGross } }
}
