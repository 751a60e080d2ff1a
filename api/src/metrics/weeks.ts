import { ExpectedError } from '../shared/errors.ts'
import type { Metric } from './metric.ts'

/** Refuses by week what is made of months: what was told of them, or what happened at each of their closes. */
export function refuseByWeek(metrics: readonly Metric[]): void {
  const other = metrics.find((metric) => !hasWeeks(metric))
  if (!other) return
  const message = `${other.key} is made of whole months, so there is none of a week; ask for it with bucket MONTH, QUARTER or YEAR`
  throw new ExpectedError('INVALID_INPUT', message, 'bucket')
}

/** Flows and the closes of a window are of any days; a path, who paid first when, and most sums are of months. */
export function hasWeeks(metric: Metric): boolean {
  if (metric.needs === 'sums') return metric.byWeek === true
  return metric.needs === 'flows' || metric.reads === undefined
}
