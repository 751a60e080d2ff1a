import type { Metric } from './metric.ts'
import type { MetricDefinition } from './result.ts'
import { windowsOf } from './window.ts'

/** The definition set that every value names. */
export const DEFINITION_VERSION = 'nobishiro/1'

export function definitionOf(metric: Metric): MetricDefinition {
  const { key, label, description, formula, unit, better, topic, source, benchmark = null } = metric
  const windows = windowsOf(metric)
  return {
    key,
    label,
    description,
    formula,
    unit,
    better,
    topic,
    source,
    benchmark,
    version: DEFINITION_VERSION,
    windows,
  }
}
