import type { MovementPage, MovementsQueryVariables } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'

/** Movements with the ledger lines they are made of. */
export function movementsQuery(client: WidgetClient, variables: MovementsQueryVariables): Ask<MovementPage> {
  return {
    queryKey: queryKey('movements', variables),
    queryFn: ({ signal }) => client.movements.page(variables, { signal }),
  }
}
