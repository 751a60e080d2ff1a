import type { MetricDefinition } from './result.ts'

export const metricKeys = [
  'arpa',
  'arr',
  'churn',
  'contraction',
  'contractionRate',
  'expansion',
  'expansionRate',
  'expansionShare',
  'grr',
  'logoChurnRate',
  'mrr',
  'netMrrChurnRate',
  'new',
  'nrr',
  'quickRatio',
  'reactivation',
  'revenueChurnRate',
  'seats',
] as const
export type MetricKey = (typeof metricKeys)[number]

/** The registered metrics' definitions, in the order of the registry. */
export function definitions(_keys?: readonly MetricKey[]): MetricDefinition[] {
  throw new Error('The metrics are not registered yet')
}
