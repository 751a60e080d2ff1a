import type { Capability } from '../access/capabilities.ts'
import { type MetricKey, metricOf } from '../metrics/registry.ts'

/** Capabilities a session needs for these metrics; the others come with any session. */
export function metricCapability(
  keys: readonly MetricKey[],
): true | { $all: { capability: Capability } } | { capability: Capability } {
  const needed = [...new Set(keys.flatMap((key) => metricOf(key).capability ?? []))]
  const [first, second] = needed
  if (!first) return true
  return second ? { capability: first, $all: { capability: second } } : { capability: first }
}

/** What the evidence of a metric takes beside the metric itself. */
export function evidenceCapability(key: MetricKey) {
  const guard = metricCapability([key])
  return guard === true ? { capability: 'explain' as const } : { ...guard, $all: { capability: 'explain' as const } }
}
