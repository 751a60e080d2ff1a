import type { Capability } from '../access/capabilities.ts'
import { type MetricKey, metricOf } from '../metrics/registry.ts'

type Guard = { capability: Capability; $all?: Guard }

/** Capabilities a session needs for these metrics; the others come with any session. */
export function metricCapability(keys: readonly MetricKey[]): true | Guard {
  const needed = [...new Set(keys.flatMap((key) => metricOf(key).capability ?? []))]
  const guard = needed.reduce<Guard | undefined>(
    (inner, capability) => ({ capability, ...(inner && { $all: inner }) }),
    undefined,
  )
  return guard ?? true
}

/** What the evidence of a metric takes beside the metric itself. */
export function evidenceCapability(key: MetricKey) {
  const guard = metricCapability([key])
  return guard === true ? { capability: 'explain' as const } : { ...guard, $all: { capability: 'explain' as const } }
}
