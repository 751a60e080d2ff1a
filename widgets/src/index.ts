export type { ExplainPart } from './explain/part.ts'
export type { Terms, TermsOption } from './i18n/terms.ts'
export type { Connection } from './provider/client.ts'
export type { NobishiroEvent } from './provider/event.ts'
export { NobishiroProvider, type NobishiroProviderProps } from './provider/nobishiro-provider.tsx'
export type { Theme, ThemeVariables } from './provider/theme.ts'
export { type NobishiroControls, useNobishiro } from './provider/use-nobishiro.ts'
export type { Question } from './queries/explain.ts'
export type { Retention, RetentionMonth } from './queries/retention.ts'
export type { MixBucket } from './queries/strategy-mix.ts'
export { type CohortsOptions, useCohorts } from './queries/use-cohorts.ts'
export { type ExplanationState, useExplain } from './queries/use-explain.ts'
export { type MetricOptions, useMetric } from './queries/use-metric.ts'
export { type NrrOptions, useNrr } from './queries/use-nrr.ts'
export { type SeatGrowthOptions, useSeatGrowth } from './queries/use-seat-growth.ts'
export { type StrategyMixOptions, useStrategyMix } from './queries/use-strategy-mix.ts'
export { useWaterfall, type WaterfallOptions } from './queries/use-waterfall.ts'
export type { WidgetState } from './queries/widget-state.ts'
export {
  CohortHeatmap,
  type CohortHeatmapDatum,
  type CohortHeatmapProps,
} from './widgets/cohort-heatmap/cohort-heatmap.tsx'
export {
  ExpansionWaterfall,
  type ExpansionWaterfallDatum,
  type ExpansionWaterfallProps,
} from './widgets/expansion-waterfall/expansion-waterfall.tsx'
export { MetricCard, type MetricCardDatum, type MetricCardProps } from './widgets/metric-card/metric-card.tsx'
export { NrrGauge, type NrrGaugeDatum, type NrrGaugeProps } from './widgets/nrr-gauge/nrr-gauge.tsx'
export {
  SeatGrowthChart,
  type SeatGrowthChartProps,
  type SeatGrowthDatum,
} from './widgets/seat-growth-chart/seat-growth-chart.tsx'
export { StrategyMix, type StrategyMixDatum, type StrategyMixProps } from './widgets/strategy-mix/strategy-mix.tsx'
