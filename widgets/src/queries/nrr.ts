import { defaultVariables, type MetricSeries, type MetricsQueryVariables } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** NRR and GRR per month, in one request. */
export function nrrQuery(client: WidgetClient, { window, ...scope }: Scope & { window: number }): Ask<MetricSeries[]> {
  const variables: MetricsQueryVariables = { ...defaultVariables.nrrGauge, window, ...scope }
  return {
    queryKey: queryKey('metrics', variables),
    queryFn: ({ signal }) => client.metrics(variables, { signal }),
  }
}
