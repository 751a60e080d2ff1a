import type { MovementsQueryVariables } from '@nobishiro/sdk'
import { queryOptions } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'
import { queryKey } from './key.ts'

/** Movements with the ledger lines they are made of. */
export function movementsQuery(client: WidgetClient, variables: MovementsQueryVariables) {
  return queryOptions({
    queryKey: queryKey('movements', variables),
    queryFn: ({ signal }) => client.movements.page(variables, { signal }),
  })
}
