import {
  DefinitionsDocument,
  type DefinitionsQueryVariables,
  MetricDocument,
  type MetricQueryVariables,
  MetricsDocument,
  type MetricsQueryVariables,
} from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { MetricDefinition, MetricSeries } from '../types.ts'

export const metricsOf = (query: Query) => ({
  /** One metric per bucket, and its total. */
  metric: async (variables: MetricQueryVariables, options?: RequestOptions): Promise<MetricSeries> =>
    (await query(MetricDocument, variables, options)).metric,

  /** Several metrics of one range, in the order asked for. */
  metrics: async (variables: MetricsQueryVariables, options?: RequestOptions): Promise<MetricSeries[]> =>
    (await query(MetricsDocument, variables, options)).metrics,

  /** The metric registry: labels, formulas, units, versions. */
  definitions: async (variables?: DefinitionsQueryVariables, options?: RequestOptions): Promise<MetricDefinition[]> =>
    (await query(DefinitionsDocument, variables, options)).definitions,
})
