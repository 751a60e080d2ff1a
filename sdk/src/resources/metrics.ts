import {
  DefinitionsDocument,
  type DefinitionsQueryVariables,
  type MetricKey,
  MetricsDocument,
  type MetricsQueryVariables,
} from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { MetricDefinition, MetricSeries } from '../types.ts'

/** One metric: as for several, with one key. */
export type MetricVariables = Omit<MetricsQueryVariables, 'keys'> & { key: MetricKey }

export const metricsOf = (query: Query) => {
  const metrics = async (variables: MetricsQueryVariables, options?: RequestOptions): Promise<MetricSeries[]> =>
    (await query(MetricsDocument, variables, options)).metrics

  return {
    /** One metric per bucket, and its total. */
    metric: async ({ key, ...rest }: MetricVariables, options?: RequestOptions): Promise<MetricSeries> =>
      (await metrics({ keys: [key], ...rest }, options))[0] as MetricSeries, // one key, one series

    /** Several metrics of one range, in the order asked for. */
    metrics,

    /** The metric registry: labels, formulas, units, versions. */
    definitions: async (variables?: DefinitionsQueryVariables, options?: RequestOptions): Promise<MetricDefinition[]> =>
      (await query(DefinitionsDocument, variables, options)).definitions,
  }
}
