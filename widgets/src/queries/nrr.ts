import { defaultVariables, type MetricsQueryVariables } from '@nobishiro/sdk'
import { queryOptions } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'
import { queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** NRR and GRR per month, in one request. */
export function nrrQuery(client: WidgetClient, { window, ...scope }: Scope & { window: number }) {
  const variables: MetricsQueryVariables = { ...defaultVariables.nrrGauge, window, ...scope }
  return queryOptions({
    queryKey: queryKey('metrics', variables),
    queryFn: ({ signal }) => client.metrics(variables, { signal }),
  })
}
