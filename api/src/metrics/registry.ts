import { arpa } from './arpa/arpa.ts'
import { arr } from './arr/arr.ts'
import { breadth } from './breadth/breadth.ts'
import { capacityReady } from './capacity-ready/capacity-ready.ts'
import { churn } from './churn/churn.ts'
import { committedMrr } from './committed-mrr/committed-mrr.ts'
import { contraction } from './contraction/contraction.ts'
import { contractionRate } from './contraction-rate/contraction-rate.ts'
import { definitionOf } from './definition.ts'
import { existingRevenueShare } from './existing-revenue-share/existing-revenue-share.ts'
import { expansion } from './expansion/expansion.ts'
import { expansionCacRatio } from './expansion-cac-ratio/expansion-cac-ratio.ts'
import { expansionEfficiency } from './expansion-efficiency/expansion-efficiency.ts'
import { expansionPaybackMonths } from './expansion-payback-months/expansion-payback-months.ts'
import { expansionRate } from './expansion-rate/expansion-rate.ts'
import { expansionShare } from './expansion-share/expansion-share.ts'
import { freeToPaid } from './free-to-paid/free-to-paid.ts'
import { fx } from './fx/fx.ts'
import { grr } from './grr/grr.ts'
import { grrPathMinimum } from './grr-path-minimum/grr-path-minimum.ts'
import { landAndExpand } from './land-and-expand/land-and-expand.ts'
import { landAndExpandMrr } from './land-and-expand-mrr/land-and-expand-mrr.ts'
import { logoChurnRate } from './logo-churn-rate/logo-churn-rate.ts'
import { ltv } from './ltv/ltv.ts'
import type { Metric } from './metric.ts'
import { mrr } from './mrr/mrr.ts'
import { netMrrChurnRate } from './net-mrr-churn-rate/net-mrr-churn-rate.ts'
import { newMrr } from './new/new.ts'
import { newCacRatio } from './new-cac-ratio/new-cac-ratio.ts'
import { newPaybackMonths } from './new-payback-months/new-payback-months.ts'
import { nonRecurring } from './non-recurring/non-recurring.ts'
import { nrr } from './nrr/nrr.ts'
import { nrrTrailingAverage } from './nrr-trailing-average/nrr-trailing-average.ts'
import { quickRatio } from './quick-ratio/quick-ratio.ts'
import { reactivation } from './reactivation/reactivation.ts'
import type { MetricDefinition } from './result.ts'
import { revenueChurnRate } from './revenue-churn-rate/revenue-churn-rate.ts'
import { seatAssignment } from './seat-assignment/seat-assignment.ts'
import { seatGrowth } from './seat-growth/seat-growth.ts'
import { seatUtilisation } from './seat-utilisation/seat-utilisation.ts'
import { seats } from './seats/seats.ts'
import { trialMrr } from './trial-mrr/trial-mrr.ts'
import { type View, viewOf } from './view.ts'

/** Every metric that can be asked for, in the order in which lists show them. */
const metrics = [
  mrr,
  arr,
  committedMrr,
  trialMrr,
  nonRecurring,
  fx,
  nrr,
  grr,
  nrrTrailingAverage,
  grrPathMinimum,
  revenueChurnRate,
  contractionRate,
  netMrrChurnRate,
  logoChurnRate,
  newMrr,
  expansion,
  reactivation,
  contraction,
  churn,
  expansionRate,
  expansionShare,
  existingRevenueShare,
  quickRatio,
  freeToPaid,
  expansionCacRatio,
  newCacRatio,
  expansionEfficiency,
  expansionPaybackMonths,
  newPaybackMonths,
  landAndExpandMrr,
  arpa,
  ltv,
  seats,
  seatGrowth,
  seatUtilisation,
  seatAssignment,
  landAndExpand,
  capacityReady,
  breadth,
] as const satisfies readonly Metric[]

export type MetricKey = (typeof metrics)[number]['key']

export const metricKeys: readonly MetricKey[] = metrics.map((metric) => metric.key)

const byKey = new Map<string, Metric>(metrics.map((metric) => [metric.key, metric]))

export const isMetricKey = (key: string): key is MetricKey => byKey.has(key)

/** A metric as a view has it. */
export function metricOf(key: MetricKey, view: View = viewOf()): Metric {
  const metric = byKey.get(key)
  if (!metric) throw new Error(`No metric is registered as ${key}`)
  return metric.needs === 'flows' ? { ...metric, ...metric.inView?.(view) } : metric
}

/** The registered metrics' definitions, all of them unless asked for some. */
export function definitions(keys: readonly MetricKey[] = metricKeys): MetricDefinition[] {
  return keys.map((key) => definitionOf(metricOf(key)))
}
