import { type MetricKey, metricOf } from './registry.ts'

/** The passes that metrics take: those of flows and spans share one, each of sums gathers in its own. */
export function walksOf(keys: readonly MetricKey[]): MetricKey[][] {
  const alone = [...new Set(keys)].filter((key) => metricOf(key).needs === 'sums')
  const together = keys.filter((key) => !alone.includes(key))
  return [...(together.length > 0 ? [together] : []), ...alone.map((key) => [key])]
}
